"""Reports made up for tests: no sentence is from a real one."""

FILLER = (
    "我们坚持稳中求进，把各项工作做得更加扎实，人民群众的获得感不断增强。"
    "干部作风持续改进，服务水平稳步提高，发展环境更加优良。"
)


def make_report(review: str = "", tasks: str = "", *, year: int = 2031, more: str = "") -> str:
    """Return the text of a report of a city for a year, with these sentences in its parts."""
    return (
        f"{year}年云溪市人民政府工作报告\n\n——{year}年1月8日在云溪市人民代表大会上\n\n"
        "各位代表：\n\n现在，我代表市人民政府，向大会作政府工作报告，请予审议。\n\n"
        f"一、{year - 1}年工作回顾\n\n{FILLER * 16}\n\n{review}\n\n"
        f"二、{year}年工作安排\n\n{FILLER * 16}\n\n{tasks}\n\n{more}"
        "各位代表，让我们团结一心，努力奋斗！\n"
    )
