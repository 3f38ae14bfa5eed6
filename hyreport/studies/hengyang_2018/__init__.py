"""The study of Hengyang's report of 2018."""
