"""Which figures are no targets, by what their clause says, and by which rule."""

from __future__ import annotations

from dataclasses import replace

from pipeline.extract.amounts.clauses import START_RULE, ClausePart, FollowingWords, Sentence
from pipeline.extract.amounts.model import Amount, AmountKind
from pipeline.extract.amounts.subjects import changed, phrase_before
from pipeline.extract.amounts.units import TERMS, thousands
from pipeline.schema import Comparison

AMONG_RULE = "amounts.clause.among"
REPORT_RULE = "amounts.clause.report"
PAST_RULE = "amounts.clause.past"
NEAR = 8  # tokens: "mỗi …", and what pays, stand no farther from a figure
_WHERE = {"tại", "trong", "ở"}  # "tại 4/9 thư viện" is a part to be reached all the same
_NO_ORDER = (
    *("head", "holds", "past", "among", "many", "each", "condition", "points", "compares", "cuts", "lead", "level"),
    *("reach", "up", "down", "rate", "comma", "colon", "opens", "time", "refused"),
)
LONGEST_ORDER = 7  # words
LONGEST_START = 12  # tokens: "từ 23 ca sinh/1.000 phụ nữ"
_ALWAYS = (AmountKind.SHARE, AmountKind.PART, AmountKind.RANK, AmountKind.TIMES, AmountKind.OFTEN)
_ORDERS = ("verb", "brings", "acts", "lead", "up", "down", "level", "reach", "holds", "meet")


def settle(sentence: Sentence, *, objective: bool) -> None:
    """Refuse the figures that say nothing by themselves, so that they bound no noun: durations, figures alone.

    Args:
        sentence: the sentence.
        objective: whether the passage is an objective.
    """
    for index, part in enumerate(sentence.parts):
        amount = part.amount
        if amount is None:
            continue
        if (end := _end_of_start(sentence, part)) is not None:
            sentence.refuse(index, START_RULE, end)
        elif _is_threshold(sentence, index, amount):
            sentence.refuse(index, "amounts.clause.threshold")
        elif amount.kind is AmountKind.COUNT and (value := thousands(sentence, part, amount)):
            sentence.parts[index] = part._replace(amount=replace(amount, value=value))
        elif amount.kind is AmountKind.PURE and sentence.counts_next(part) is not None:
            sentence.parts[index] = part._replace(amount=replace(amount, kind=AmountKind.COUNT))
        elif amount.kind in (AmountKind.DURATION, AmountKind.PURE) and not _is_level(sentence, index, objective):
            sentence.refuse(index, f"amounts.clause.{amount.kind.value}")
        elif (
            amount.kind is AmountKind.TIMES and part.rule == "amounts.amount.more-times" and not _grows(sentence, index)
        ):
            sentence.refuse(index, "amounts.clause.once")
        elif amount.kind is AmountKind.COUNT and _ends_name(sentence, part, amount):
            sentence.refuse(index, "amounts.clause.name")


def _is_threshold(sentence: Sentence, index: int, amount: Amount) -> bool:
    """Whether a score says which ones a share is of: "100% xã đạt từ 85 điểm trở lên"."""
    ends = ("amount", "comma", "colon", "lead")
    before = next((one for one in reversed(sentence.parts[:index]) if one.does(*ends)), None)
    if amount.unit != "điểm" or before is None or before.amount is None:
        return False
    bound = sentence.at(sentence.parts[index].last)
    bounded = amount.comparison is not Comparison.EQUAL or (bound is not None and bound.does("bound"))
    return bounded and before.amount.kind in (AmountKind.SHARE, AmountKind.PART, AmountKind.COUNT)


def _grows(sentence: Sentence, index: int) -> bool:
    """Whether something changes so many times, or to so many: "tăng 1,5 lần năm 2027 và 2 lần năm 2030"."""
    governor, _ = sentence.governor(index)
    if governor is not None:
        return governor.does("up", "level")
    again = next((one for one in reversed(sentence.parts[:index]) if one.amount is not None), None)
    if again is None or again.amount is None or again.amount.kind is not AmountKind.TIMES:
        return False
    return sentence.is_row(again.last, sentence.parts[index].first)


def _end_of_start(sentence: Sentence, part: ClausePart) -> int | None:
    """Where a figure that a change starts from ends, with its noun and year: "tăng từ 31% năm 2025 lên 40%"."""
    if sentence.text.lows[part.first] != "từ":
        return None
    for after in sentence.between(part.last, part.last + LONGEST_START):
        if after.does("level"):
            return after.first
        if after.does("amount", "comma", "colon", "up", "down", "reach", "holds", "verb"):
            return None
    return None


def _is_level(sentence: Sentence, index: int, objective: bool) -> bool:
    """Whether a figure is the level of what is named before it: "tuổi thọ trung bình đạt 75,5 tuổi".

    A bound needs no verb in an aim, "thời gian chờ khám không quá 30 phút"; in an order it is how long that may take.
    """
    governor, before = sentence.governor(index)
    amount = sentence.parts[index].amount
    stated = governor is not None and governor.does("colon")  # "số bác sĩ/vạn dân: 12"
    part = sentence.parts[index]
    lasts = any(one.does("lasts") for one in sentence.between(part.first - NEAR, part.first))
    signed = amount is not None and amount.comparison is not Comparison.EQUAL
    rate = sentence.at(part.last)
    if signed and rate is not None and rate.per in TERMS:  # "mỗi cán bộ học ít nhất 40 giờ/năm"
        return True
    bounded = objective and (stated or lasts or signed)
    if not bounded and (governor is None or not governor.does("reach", "level")):
        return False
    earlier = next((part for part in reversed(sentence.parts[:index]) if part.does("amount")), None)
    start = sentence.first if earlier is None else earlier.last
    phrase = phrase_before(sentence, start, before, follows=earlier is not None)
    opening = sentence.at(phrase[0]) if phrase else None
    if objective and governor is not None and governor.does("level") and changed(sentence, start, before):
        return True  # "giảm ngày điều trị bình quân xuống 6,5 ngày"
    if bounded and phrase is not None and phrase[0] == sentence.first and phrase[1] - phrase[0] == 1:
        return _is_index(sentence.text.text[sentence.text.starts[phrase[0]] :])  # "SAIDI: dưới 220 phút"
    return opening is not None and opening.does("head")


def _is_index(text: str) -> bool:
    """Whether a text begins with the short name of an index: capitals."""
    name = text.split(maxsplit=1)[0].rstrip(":")
    return len(name) > 2 and name.isupper()


def _ends_name(sentence: Sentence, part: ClausePart, amount: Amount) -> bool:
    """Whether a figure belongs to the name before it: "Cụm công nghiệp Phú Thịnh 1"."""
    noun = sentence.at(part.last)
    if part.first <= sentence.first + 1 or amount.comparison is not Comparison.EQUAL:
        return False
    if noun is not None and noun.does("event"):
        return False
    text = sentence.text
    inside = text.lows[part.first - 2] not in (":", ".", "-", "+", ")", '"')
    return inside and text.text[text.starts[part.first - 1]].isupper() and not text.text.isupper()


def why_refused(sentence: Sentence, index: int, behind: FollowingWords, objective: bool, follows: bool) -> str | None:
    """The rule by which the amount at an index is no target; None where it is one.

    Args:
        sentence: the sentence.
        index: of the amount among its parts.
        behind: what stands behind it.
        objective: whether the passage is an objective.
        follows: whether a target stands before it in the sentence.
    """
    part = sentence.parts[index]
    amount = part.amount
    assert amount is not None
    before = sentence.parts[:index]
    segment = sentence.segment(index)
    for rule, refuses in (
        ("condition", _is_conditional(sentence, part, before)),
        ("which", _says_which(sentence, part, amount, segment)),
        ("past", _is_past(sentence, part, segment, behind) or _is_told(sentence, index)),
        ("money", _is_money(sentence, index, amount, segment, behind)),
        ("among", _is_among(sentence, part, amount, before)),
        ("points", _points(sentence, behind)),
        ("counts-nothing", amount.kind is AmountKind.COUNT and behind.noun is None),
        ("no-order", not (objective or follows or _is_ordered(sentence, index, amount, behind, segment))),
        ("number-word", amount.in_words and not _is_asked(sentence, part, amount)),
    ):
        if refuses:
            return f"amounts.clause.{rule}"
    return None


def _is_conditional(sentence: Sentence, part: ClausePart, before: list[ClausePart]) -> bool:
    """Whether a clause says on what condition something holds; "xử lý 100% trường hợp" counts the cases."""
    near = sentence.between(part.last, part.last + 4)
    counted = [one for one in near if one.first == part.last and one.does("cases")]
    return any(one.does("condition") for one in (*before, *near) if one not in counted)


def _is_past(sentence: Sentence, part: ClausePart, segment: list[ClausePart], behind: FollowingWords) -> bool:
    """Whether a clause tells what has been: "đã tổ chức 03 hội nghị", "18 mô hình đang triển khai"."""
    for one in segment:
        if one.does("past"):
            between = sentence.between(one.last, part.first)
            aims = any(other.does("lead") and not other.does("joins") for other in between)
            return not aims and not any(other.does("among") for other in between)
    said = behind.predicate or behind.noun
    if said is None:
        return False
    words = sentence.text.lows[said[0] : said[1]]
    least = (
        part.amount is not None and part.amount.comparison is not Comparison.EQUAL
    )  # "ít nhất 90% dữ liệu đã số hóa"
    inside = behind.predicate is None and not least and bool({"đã", "đang"} & set(words))
    return words[0] in ("đã", "đang") or inside


def _is_told(sentence: Sentence, index: int) -> bool:
    """Whether a figure only says how far that went which is told: "đã trồng 1.250 cây, đạt 104% kế hoạch"."""
    governor, _ = sentence.governor(index)
    if governor is None or not governor.does("reach"):
        return False
    for part in reversed(sentence.parts[:index]):
        if part.rule == PAST_RULE:
            return True
        if part is not governor and (part.does("amount", "verb", "lead", "head") and not part.does("joins")):
            return False
    return False


def _says_which(sentence: Sentence, part: ClausePart, amount: Amount, segment: list[ClausePart]) -> bool:
    """Whether a bounded figure says which ones an order is about: "rà soát các xã có trên 30% dân số là …"."""
    has = next((one for one in segment if sentence.text.lows[one.first : one.last] == ["có"]), None)
    bounded = any(one.does("bound") for one in sentence.between(part.last, part.last + NEAR))
    if (amount.comparison is Comparison.EQUAL and not bounded) or has is None or has.first == sentence.first:
        return False
    before = [one for one in segment if one.last <= has.first]
    if before and before[-1].does("head") and before[-1].first == sentence.first:  # "Chỉ số đọc sách có trên 85 điểm"
        return False
    if (before and before[0].last == has.first) or any(one.does("each", "lead", "cuts", "brings") for one in before):
        return False
    between = sentence.between(has.last, part.first)
    return any(one.does("verb", "acts") for one in before) and all(one.does("head", "adverb") for one in between)


def _is_money(
    sentence: Sentence, index: int, amount: Amount, segment: list[ClausePart], behind: FollowingWords
) -> bool:
    """Whether a figure is what something costs, or a share of it; how far money gets is none: "thu phí đạt 80%"."""
    part = sentence.parts[index]
    headed = any(one.does("head") for one in segment)
    if amount.kind is AmountKind.SHARE:
        noun = sentence.at(behind.noun[0]) if behind.noun else None
        how = next((one for one in sentence.between(part.last, sentence.last) if one.does("cashless", "comma")), None)
        if how is not None and how.does("cashless"):
            return False
        paid = any(one.does("money") and part.first - one.last <= NEAR for one in segment)
        return (noun is not None and noun.does("money")) or (paid and not headed and not _gets_far(sentence, index))
    if not amount.money:
        return False
    rate = sentence.at(part.last)
    if rate is not None and rate.per not in (None, "year", "month") and not headed:  # "hỗ trợ sửa nhà 30 triệu đồng/hộ"
        return any(one.does("verb") for one in segment)
    before = sentence.ending(part.first)
    if before is not None and before.does("colon"):
        titled = sentence.between(sentence.first, before.first)
        return any(one.does("money") for one in titled) or not any(one.does("head") for one in titled)
    if before is not None and before.does("opens"):
        return True
    return not headed and any(one.does("money") for one in segment)


def _gets_far(sentence: Sentence, index: int) -> bool:
    """Whether a figure says how far something gets or how much it changes: "đạt 80%", "tăng 12%"."""
    governor, _ = sentence.governor(index)
    reached = governor is not None and governor.does("reach") and sentence.text.lows[governor.first] == "đạt"
    return reached or (governor is not None and governor.does("up", "down"))


def _is_among(sentence: Sentence, part: ClausePart, amount: Amount, before: list[ClausePart]) -> bool:
    """Whether the word before a count says whose or where it is: "đối với 10 cụm công nghiệp"; or one in its row."""
    counts = amount.kind in (AmountKind.COUNT, AmountKind.MEASURE, AmountKind.PART)
    if not counts or amount.comparison is not Comparison.EQUAL:
        return False
    token = part.first
    for at in range(len(before) - 1, -1, -1):
        one = before[at]
        if one.last != token:
            return False
        if one.does("among"):
            where = _WHERE & set(sentence.text.lows[one.first : one.last])
            if where and amount.kind is AmountKind.PART:
                return False
            return not (_is_place(sentence, part) and _is_done_there(sentence, part, amount, before[:at]))
        if one.does("comma", "joins"):
            return _in_row(before[:at])
        if not one.does("adverb"):
            return False
        token = one.first
    return False


def _is_done_there(sentence: Sentence, part: ClausePart, amount: Amount, before: list[ClausePart]) -> bool:
    """Whether an order counts nothing but the places where it is done: "triển khai thí điểm tại 05 xã"."""
    if any(one.does("amount") and one is not part for one in sentence.parts) or any(one.does("past") for one in before):
        return False
    for one in reversed(before):
        if one.does("comma", "colon", "opens", "closes", "head", "refused"):
            return False
        if one.does("verb", "acts"):
            return True
    return _opens_with_order(sentence, part.first - 1, amount)


def _in_row(before: list[ClausePart]) -> bool:
    """Whether the figure before is one of those, with no order between."""
    for one in reversed(before):
        if one.rule == AMONG_RULE:
            return True
        if one.does("verb", "lead", "amount", "reach") and not one.does("joins"):
            return False
    return False


def _points(sentence: Sentence, behind: FollowingWords) -> bool:
    """Whether a noun is one that the text itself has: "03 nhiệm vụ sau"."""
    last = sentence.ending(behind.noun[1]) if behind.noun else None
    return last is not None and last.does("points")


def _is_ordered(
    sentence: Sentence, index: int, amount: Amount, behind: FollowingWords, segment: list[ClausePart]
) -> bool:
    """Whether a figure stands behind an order or an aim, or opens the sentence."""
    part, before = sentence.parts[index], sentence.parts[:index]
    noun = sentence.at(behind.noun[0]) if behind.noun else None
    if amount.kind in _ALWAYS or (noun is not None and noun.does("event")):
        return True
    if _is_place(sentence, part) or _opens_with_order(sentence, part.first, amount):
        return True
    if amount.kind is AmountKind.PURE:
        return any(one.does("lead", "up", "down") for one in before)
    if part.first == sentence.first or amount.comparison is not Comparison.EQUAL:
        return True
    if any(one.per is not None for one in sentence.between(part.last, part.last + 4)):
        return True
    last = sentence.ending(part.first)
    if last is not None and last.does("colon"):
        return True
    near = [one for one in before if part.first - one.last <= NEAR]
    if any(one.does("cuts") for one in before) or any(one.does("each") or _is_rate(sentence, one) for one in near):
        return True
    if amount.kind is AmountKind.MEASURE:  # "diện tích 75 ha" is a size
        sized = last is not None and last.does("head")
        return not sized and any(one.does(*_ORDERS) for one in segment)
    return _verb_before(sentence, before, part)


def _is_rate(sentence: Sentence, part: ClausePart) -> bool:
    """Whether it says how often by itself: "mỗi năm", a time or none, not "/vạn dân"."""
    first = sentence.text.lows[part.first]
    return part.per is not None and first != "/" or part.does("time") and first in ("mỗi", "từng")


def _is_place(sentence: Sentence, part: ClausePart) -> bool:
    """Whether "tại" stands right before a figure."""
    return part.first > sentence.first and sentence.text.lows[part.first - 1] == "tại"


def _opens_with_order(sentence: Sentence, until: int, amount: Amount) -> bool:
    """Whether the plain words that open a sentence are an order whose verb no list has: "Nạo vét 3 km kênh"."""
    words = sentence.words((sentence.said, until)).split()
    opens = sentence.said == sentence.first
    plain = all(word.isalpha() and (word.islower() or at == 0 and opens) for at, word in enumerate(words))
    counted = amount.kind is AmountKind.COUNT or (amount.kind is AmountKind.MEASURE and not amount.money)
    if not counted or not plain or not 0 < len(words) <= LONGEST_ORDER or (opens and not words[0][0].isupper()):
        return False
    return not any(one.does(*_NO_ORDER) for one in sentence.between(sentence.said, until))


def _verb_before(sentence: Sentence, before: list[ClausePart], part: ClausePart) -> bool:
    """Whether the words right before a count are a verb, or "cho" behind one."""
    token = part.first
    for one in reversed(before):
        if one.last != token:
            break
        if one.does(*_ORDERS) and not one.does("joins", "trail"):
            return True
        if one.does("adverb") and sentence.text.lows[one.first] == "cho":
            return any(other.does("verb", "acts") for other in before)
        if not one.does("adverb", "joins", "before_verb", "comma"):
            return False
        token = one.first
    return token == part.first and _unknown_verb(sentence, before, part)


def _unknown_verb(sentence: Sentence, before: list[ClausePart], part: ClausePart) -> bool:
    """Whether plain words between a boundary or a name and a count are a verb that no list has: "khoan 05 giếng"."""
    text, token = sentence.text, part.first
    while token > sentence.first and token > part.first - 3:
        word = text.text[text.starts[token - 1] : text.ends[token - 1]]
        if not word.isalpha() or (word[0].isupper() and token - 1 > sentence.first):
            break
        token -= 1
    if token == part.first or any(token <= one.first < part.first for one in before[-3:]):
        return False
    bound = sentence.ending(token)
    named = token > sentence.first and text.text[text.starts[token - 1]].isupper()
    return token == sentence.first or named or (bound is not None and bound.does("comma", "colon", "time", "lead"))


def _is_asked(sentence: Sentence, part: ClausePart, amount: Amount) -> bool:
    """Whether a number in words is meant as one: "có ít nhất hai mô hình", not "là một trong những"."""
    if amount.comparison is not Comparison.EQUAL or part.first == sentence.first or amount.value > 1:
        return True
    before = sentence.ending(part.first)
    return before is not None and before.does("holds", "verb")
