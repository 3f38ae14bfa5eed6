"""The study of Hengyang's report of 2018: what is true of that report alone."""

from hyreport.studies.hengyang_2018 import growth, neighbours, revenue, targets
from hyreport.studies.hengyang_2018.growth import *
from hyreport.studies.hengyang_2018.neighbours import *
from hyreport.studies.hengyang_2018.revenue import *
from hyreport.studies.hengyang_2018.targets import *

__all__ = [*growth.__all__, *neighbours.__all__, *revenue.__all__, *targets.__all__]
