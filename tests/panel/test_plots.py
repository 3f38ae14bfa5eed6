"""Pieces that the panel's charts share."""

from matplotlib.figure import Figure

from hyreport.panel.plots import draw_legend


def test_a_legend_stands_where_something_was_drawn_last():
    first, second = Figure().subplots(1, 2)
    draw_legend([first, second], loc="best")
    assert first.get_legend() is second.get_legend() is None
    first.plot([1, 2], label="strict")
    draw_legend([first, second], loc="best")
    assert [text.get_text() for text in first.get_legend().get_texts()] == ["strict"]
    assert second.get_legend() is None
