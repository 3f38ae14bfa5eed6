"""Finds the packages; an installed copy brings tables and kept results, as hyreport.shipped."""

from setuptools import find_packages, setup

SHIPPED = {
    "hyreport.shipped": "data",
    "hyreport.shipped.artifacts": "artifacts",
    "hyreport.shipped.notebooks": "notebooks",
}

setup(packages=[*find_packages(include=["hyreport", "hyreport.*"]), *SHIPPED], package_dir=SHIPPED)
