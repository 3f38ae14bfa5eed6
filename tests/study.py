"""The report that most tests look at."""

REPORT_ID = "hengyang-2018"
