"""No column has a name that Stata, R or a database keeps for itself."""

import re
import sqlite3

import pytest

from hyreport.data.schema import PROCESSED

NAMES = sorted({name for table in PROCESSED.values() for name in table.header})
# Stata 18, [U] 11.3 Naming conventions; the words that its matrix language keeps come after.
STATA = """
_all _b byte _coef _cons double float if in int long _n _N _pi _pred _rc _skip using with strL _se
aggregate array boolean break case catch class colvector complex const continue default delegate
delete do else eltypedef end enum explicit export external for friend function global goto inline
local pragma private protected public quad rowvector scalar short signed static struct super
switch template this throw transmorphic try typedef typename union unsigned vector version virtual
void volatile while
"""
# help(Reserved) in R.
R = """
if else repeat while function for next break in TRUE FALSE NULL Inf NaN NA NA_integer_ NA_real_
NA_complex_ NA_character_
"""
# Reserved in PostgreSQL 16 (appendix C) or MySQL 8 (11.3), as far as a column could have the name.
SQL = """
add all alter analyse analyze and any array as asc asymmetric before between both by call cascade
case cast change char character check collate column condition constraint continue convert create
cross cube current_date cursor database databases dec decimal declare default deferrable delayed
delete desc describe deterministic distinct div do double drop dual each else elseif empty end
except exists exit explain false fetch float for force foreign freeze from full fulltext function
generated get grant group grouping groups having if ilike in index infile initially inner insert
int integer intersect interval into is isnull iterate join key keys kill lag lateral lead leading
leave left like limit linear lines load lock long loop match natural not notnull null numeric of
offset on only optimize option or order out outer over overlaps partition placing primary
procedure purge range rank read real recursive references regexp release rename repeat replace
require resignal restrict return returning revoke right row rows schema select separator
session_user set show signal similar smallint some spatial sql ssl starting storing symmetric
system table tablesample terminated then to trailing trigger true undo union unique unlock
unsigned update usage use user using values varchar variadic varying verbose view virtual when
where while window with write xor zerofill
"""


@pytest.mark.parametrize("words", [STATA, R, SQL], ids=["Stata", "R", "SQL"])
def test_no_column_has_a_reserved_name(words):
    reserved = set(words.lower().split())
    assert not reserved & {name.lower() for name in NAMES}


def test_names_are_short_and_plain_enough_for_stata_and_r():
    assert all(re.fullmatch(r"[a-z][a-z0-9_]{0,31}", name) for name in NAMES)
    assert not [name for name in NAMES if re.fullmatch(r"str\d+", name)]


@pytest.mark.parametrize("name, table", [*PROCESSED.items()])
def test_a_database_takes_the_names_unquoted(name, table):
    with sqlite3.connect(":memory:") as database:
        database.execute(f"create table t ({', '.join(table.header)})")
        database.execute(f"select {', '.join(table.header)} from t").fetchall()
    database.close()
