"""Finds the packages; an installed copy brings the tables along, as hyreport.shipped."""

from setuptools import find_packages, setup

setup(
    packages=[*find_packages(include=["hyreport", "hyreport.*"]), "hyreport.shipped"],
    package_dir={"hyreport.shipped": "data"},
)
