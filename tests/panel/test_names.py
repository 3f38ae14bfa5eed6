"""Every headline indicator has its names and its unit."""

from hyreport.panel.names import indicator_unit, meaning, name_indicator
from hyreport.panel.reading import headline_indicators


def test_every_headline_indicator_is_named_in_both_languages():
    for indicator in headline_indicators():
        assert name_indicator(indicator) != name_indicator(indicator, "zh")
        assert meaning(indicator) and indicator_unit(indicator)
