"""English or Chinese: the headings of tables, the words for codes and units, the labels of charts.

Names of indicators stand in both languages in the tables themselves: `name_en` and `name_zh`.
What people wrote in sentences (doubts, notes, reasons, formulas, titles) is not translated.
"""

from hyreport.errors import UnknownNameError
from hyreport.words.codes import CODES

LANGUAGES = ("en", "zh")
# Headings that are not the column's own name in words; the second is Chinese.
HEADINGS = {
    "figure_id": ("figure", "数据编号"),
    "target_id": ("target figure", "目标编号"),
    "actual_id": ("2017 figure", "实际值编号"),
    "check_id": ("check", "核对编号"),
    "id": ("id", "编号"),
    "item": ("item", "项目"),
    "name": ("name", "名称"),
    "name_en": ("name", "英文名称"),
    "name_zh": ("name (Chinese)", "名称"),
    "subject_zh": ("printed term", "原文名词"),
    "as_printed": ("as printed", "原文"),
    "printed": ("printed words", "原文"),
    "words": ("words", "原文或算法"),
    "indicator": ("indicator", "指标"),
    "theme": ("theme", "主题"),
    "measure": ("measure", "度量"),
    "value": ("value", "数值"),
    "low": ("low", "下限"),
    "high": ("high", "上限"),
    "decimals": ("decimals", "小数位"),
    "unit": ("unit", "单位"),
    "unit_zh": ("printed unit", "原文单位"),
    "value_base": ("value in base unit", "基本单位数值"),
    "unit_base": ("base unit", "基本单位"),
    "qualifier": ("qualifier", "限定"),
    "hedge": ("hedge", "语气"),
    "period": ("period", "时期"),
    "time_period": ("period", "时期"),
    "date": ("date", "日期"),
    "year": ("year", "年份"),
    "role": ("role", "性质"),
    "obs_status": ("status", "状态"),
    "basis": ("basis", "口径"),
    "area": ("area", "范围"),
    "ref_area": ("area code", "地区代码"),
    "group": ("group", "同句组"),
    "section": ("section", "章节"),
    "paragraph": ("paragraph", "段落"),
    "start": ("start", "起始位置"),
    "end": ("end", "结束位置"),
    "place": ("place", "出处"),
    "found_in": ("found in", "命中处"),
    "doubt": ("doubt", "疑点"),
    "reach": ("reach", "解读把握"),
    "note": ("note", "备注"),
    "reason": ("reason", "理由"),
    "why": ("why", "说明"),
    "target_printed": ("target as printed", "目标原文"),
    "target_value": ("target", "目标值"),
    "target_unit": ("unit of target", "目标单位"),
    "actual_printed": ("2017 as printed", "实际值原文"),
    "actual_value": ("2017", "实际值"),
    "actual_low": ("2017 low", "实际值下限"),
    "actual_high": ("2017 high", "实际值上限"),
    "actual_unit": ("unit of 2017", "实际值单位"),
    "comparable": ("comparable", "可比性"),
    "better": ("better way", "取向"),
    "goal_id": ("aim", "目标编号"),
    "outcome_id": ("later figure", "后来数据编号"),
    "outcome_printed": ("later figure as printed", "后来数据原文"),
    "outcome_value": ("later figure", "后来数据"),
    "outcome_low": ("later figure low", "后来数据下限"),
    "outcome_high": ("later figure high", "后来数据上限"),
    "outcome_unit": ("unit of later figure", "后来数据单位"),
    "strict": ("strict", "严格解读"),
    "lenient": ("lenient", "宽松解读"),
    "differs": ("differs", "解读不一"),
    "evidence": ("evidence", "依据"),
    "no hedge": ("no hedge", "无语气词"),
    "strive": ("to strive for", "力争"),
    "ensure": ("to be ensured", "确保"),
    "pair": ("pair", "对照"),
    "gap": ("gap", "差距"),
    "gap_low": ("gap low", "差距下限"),
    "gap_high": ("gap high", "差距上限"),
    "gap_unit": ("unit of gap", "差距单位"),
    "series": ("series", "序列"),
    "vintage": ("vintage", "版本"),
    "known_by": ("known by", "已公布日期"),
    "source": ("source", "来源"),
    "confidence": ("confidence", "可信度"),
    "kind": ("kind", "类别"),
    "claim": ("claim", "应成立的关系"),
    "left": ("left", "左边"),
    "left_low": ("left low", "左边下限"),
    "left_high": ("left high", "左边上限"),
    "right": ("right", "右边"),
    "right_low": ("right low", "右边下限"),
    "right_high": ("right high", "右边上限"),
    "outcome": ("outcome", "结果"),
    "inputs": ("inputs", "所用数据"),
    "formula": ("formula", "算法"),
    "reading": ("reading", "解读"),
    "result": ("result", "计算结果"),
    "revenue": ("revenue", "收入"),
    "part": ("part", "组成部分"),
    "quantity": ("quantity", "项目"),
    "tax_share": ("tax share", "税收占比"),
    "origin": ("origin", "由来"),
    "goal": ("goal", "设定目标"),
    "status": ("status", "状态"),
    "figures": ("figures", "数据个数"),
    "targets": ("targets", "目标个数"),
    "actual": ("actual", "实际值"),
    "target": ("target", "目标值"),
    "stretch_target": ("stretch target", "争取目标"),
    "context": ("context", "背景值"),
    "all": ("all", "合计"),
    "count": ("count", "个数"),
    "min": ("lowest", "最小"),
    "median": ("median", "中位数"),
    "max": ("highest", "最大"),
    "vintage_date": ("day of forecast", "预测日期"),
    "variable": ("variable", "变量"),
    "frequency": ("frequency", "频率"),
    "forecast_horizon": ("years ahead", "提前年数"),
    "metric": ("metric", "指标形式"),
    "model": ("model", "模型"),
    "fewest_years": ("fewest years", "最少年数"),
    "bridges_gaps": ("bridges gaps", "可跨缺口"),
    "made_by": ("made by", "实现"),
    "grounds": ("grounds", "采用理由"),
    "years": ("years", "年数"),
    "rmse": ("RMSE", "均方根误差"),
    "mean_error": ("mean error (bias)", "平均误差（偏差）"),
    "skill": ("skill", "相对技巧"),
    "inside": ("inside the interval", "落入区间"),
    "forecast": ("forecast", "预测"),
    "scenario": ("scenario", "情景"),
    "growth": ("growth", "增速"),
    "label": ("label", "标签"),
    "levels": ("levels", "水平值"),
    "change_pct": ("change, percent", "变化%"),
    "known": ("known", "当时已知"),
    "last_known": ("last year known", "最后已知年份"),
    "years_to_2018": ("years to 2018", "距2018年数"),
    "growth_rates": ("growth rates", "可用增速个数"),
    "tax_growth": ("growth of tax", "税收增速"),
    "non_tax_growth": ("growth of non-tax revenue", "非税收入增速"),
    "share_low": ("share low", "占比下限"),
    "share_high": ("share high", "占比上限"),
    "revenue_low": ("revenue low", "收入下限"),
    "revenue_high": ("revenue high", "收入上限"),
    "notebook": ("notebook", "笔记本"),
    "cell": ("cell", "单元格"),
    "output": ("output", "输出"),
}
# Words that the library's own tables and charts use, and units that the report does not print.
WORDS = {
    "total": "总收入",
    "local": "地方收入",
    "total revenue": "总收入",
    "local revenue": "地方收入",
    "total tax": "总税收",
    "local tax": "地方税收",
    "non-tax revenue": "非税收入",
    "revenue passed up": "上划收入",
    "non-tax revenue passed up": "上划非税收入",
    "total revenue over GDP": "总收入占地区生产总值",
    "local revenue over GDP": "地方收入占地区生产总值",
    "A: 2016 on basis of growth": "A：2016年按增速口径",
    "B: 2016 as in yearbook": "B：2016年按年鉴",
    "GDP (real)": "地区生产总值（可比价格）",
    "GDP": "地区生产总值",
    "General public budget revenue": "一般公共预算收入",
    "Investment in fixed assets": "固定资产投资",
    "Retail sales": "社会消费品零售总额",
    "Imports and exports": "进出口总额",
    "Industrial value added (real)": "规模工业增加值（可比价格）",
    "Industrial value added": "规模工业增加值",
    "Income of all residents": "全体居民收入",
    "urban": "城镇",
    "rural": "农村",
    "like with like": "可比",
    "only partly": "部分可比",
    "no 2017 rate": "无2017年增速",
    "to strive for": "争取",
    "below 2017": "低于2017年",
    "above 2017": "高于2017年",
    "not told apart": "难分高低",
    "comparable with a 2017 figure": "与2017年可比",
    "partly comparable": "部分可比",
    "2017 figure of another kind": "2017年数据口径不同",
    "no 2017 figure printed": "未载2017年数据",
    "met": "达到",
    "missed": "未达到",
    "undecidable": "无法判断",
    "undecidable: within rounding": "无法判断：舍入之内",
    "undecidable: figure of another kind": "无法判断：数据口径不同",
    "undecidable: no later figure found": "无法判断：未见后来数据",
    "headline": "主要目标",
    "sectoral": "部门目标",
    "end of a range": "区间端点",
    "ratio": "比值",
    "last value": "上年值",
    "mean": "均值",
    "drift": "漂移",
    "damped trend": "阻尼趋势",
    "Theta": "Theta法",
    "local level": "局部水平",
    "first-order autoregression": "一阶自回归",
    "combination": "组合",
    "official target": "官方目标",
    "official stretch target": "官方争取目标",
    "real GDP growth": "地区生产总值增速（可比价格）",
    "band: interval of the {}": "带：{}的区间",
    "target: at least": "目标：不低于",
    "to strive for:": "争取：",
    "2017's pace": "按2017年步伐",
    "both +5": "均+5",
    "tax +10, non-tax −10": "税收+10，非税−10",
    "tax +10, non-tax 0": "税收+10，非税0",
    "real": "可比价格",
    "nominal": "现价",
    "nominal, same basis": "现价，同口径",
    "more tax": "税收增加",
    "less non-tax revenue": "非税收入减少",
    "tax": "税收",
    "non-tax": "非税",
    "printed": "原文",
    "derived": "推算",
    "estimated": "估计值",
    "counted": "计数",
    "no words from elsewhere": "无需他处词语",
    "results and context": "实际值与背景值",
    "2018 targets": "2018年目标",
    "computed number": "计算结果",
    "printed figure": "原文数据",
    "outside figure": "外部数据",
    "in-text number": "正文数字",
    "figure": "图",
    "table": "表",
    "yuan per US dollar": "元/美元",
    "percent of GDP": "占地区生产总值%",
    "percent of the number": "占该数%",
    "100 million yuan": "亿元",
    "billion yuan": "十亿元",
    "10 thousand yuan": "万元",
    "100 million US dollars": "亿美元",
    "10 thousand US dollars": "万美元",
    "percent": "%",
    "percentage points": "个百分点",
    "10 thousand persons": "万人",
    "persons": "人",
    "10 thousand person-visits": "万人次",
    "million person-visits": "百万人次",
    "10 thousand": "万",
    "number": "个",
    "years": "年",
    "days": "天",
    "kilometres": "公里",
    "mu": "亩",
    "10 thousand mu": "万亩",
    "10 thousand square metres": "万平方米",
    "10 thousand tonnes": "万吨",
    "steam tonnes per hour": "蒸吨",
    "rank": "位次",
    "class": "类",
    "calendar year": "年份",
    "cross-checks": "项核对",
    "figures": "个数据",
    "numbers": "个",
    "target numbers": "个目标值",
    "targets": "个目标",
    "routes": "条航线",
    "100 million yuan at 2017 prices": "亿元（2017年价格）",
    "person-visits": "人次",
    "yearbook": "年鉴",
    "first release": "首次公布",
    "revised": "修订",
    "official": "官方",
    "yes": "是",
    "no": "否",
    "floor": "下限",
    "stretch": "争取",
    "target": "目标",
}
SENTENCES = ("doubt", "note", "reason", "why", "formula", "claim", "source")


def check_language(language: str) -> int:
    """Return the place of a language among LANGUAGES, or raise UnknownNameError.

    >>> check_language("zh")
    1
    """
    if language not in LANGUAGES:
        expected = " or ".join(map(repr, LANGUAGES))
        raise UnknownNameError("language", repr(language), expected, "correct the parameter")
    return LANGUAGES.index(language)


def heading(column: str, language: str = "en") -> str:
    """Return the heading of a table's column in a language.

    Parameters
    ----------
    column : str
        Name of a column of the library's tables.
    language : str
        en or zh.

    Returns
    -------
    str
        An unknown column keeps its own name, in words.

    Raises
    ------
    UnknownNameError
        For another language.

    Examples
    --------
    >>> heading("as_printed"), heading("as_printed", "zh"), heading("my_own", "zh")
    ('as printed', '原文', 'my own')
    """
    place = check_language(language)
    return HEADINGS[column][place] if column in HEADINGS else column.replace("_", " ")


def words(code: str, column: str = "", language: str = "en") -> str:
    """Return a code, a unit or a word of the library's tables in a language.

    Parameters
    ----------
    code : str
        What the table holds, such as public_finance or percentage points.
    column : str
        The column it stands in, which says what kind of code it is.
    language : str
        en or zh.

    Returns
    -------
    str
        In English the code with spaces for underscores, in Chinese the name that it has in codes;
        what is neither stays as it is.

    Raises
    ------
    UnknownNameError
        For another language.

    Examples
    --------
    >>> words("public_finance", "theme"), words("public_finance", "theme", "zh")
    ('public finance', '财政')
    >>> words("percentage points", language="zh")
    '个百分点'
    """
    known = CODES.get(column, {})
    if check_language(language) == 0:
        return code.replace("_", " ") if code in known or code in WORDS else code
    return known[code].zh if code in known else WORDS.get(code, code)


def label(column, language: str = "en"):
    """Return a column of codes as labels in a language.

    Parameters
    ----------
    column : Series
        A column of a loaded table, such as `figures["theme"]`; its name says which codes it holds.
    language : str
        en or zh.

    Returns
    -------
    Series

    Raises
    ------
    UnknownNameError
        For another language.

    Examples
    --------
    >>> import hyreport as hy
    >>> label(hy.load_figures()["theme"], "zh").iloc[0]
    '宏观经济'
    """
    check_language(language)
    return column.map(lambda code: words(code, column.name, language))


def translate(table, language: str = "en"):
    """Return a table with its headings, codes and units in a language.

    Parameters
    ----------
    table : DataFrame
        Any table of the library, or rows and columns of one.
    language : str
        en or zh; sentences and printed words stay as they are.

    Returns
    -------
    DataFrame
        Of the same shape; where two columns get one heading, the second keeps its own name.

    Raises
    ------
    UnknownNameError
        For another language.

    Examples
    --------
    >>> import hyreport as hy
    >>> rows = hy.load_figures()[["as_printed", "unit", "role"]].head(1)
    >>> translate(rows, "zh").to_dict("records")
    [{'原文': '突破3000亿元', '单位': '亿元', '性质': '实际值'}]
    """
    shown = table.copy()
    if check_language(language):
        for place, column in enumerate(table.columns):
            if column not in SENTENCES:
                cells = [
                    words(cell, column, language) if isinstance(cell, str) else cell
                    for cell in table.iloc[:, place]
                ]
                shown.isetitem(place, cells)
    names: list[str] = []
    for column in map(_flat, table.columns):
        own = heading(column, language)
        names.append(column if own in names else own)
    return shown.set_axis(names, axis="columns")


def _flat(column) -> str:
    """Name a column in one text, also where a pivot gave it several levels."""
    return " ".join(map(str, column)) if isinstance(column, tuple) else str(column)
