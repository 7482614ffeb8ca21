"""PostgreSQL: triggers, the words of all names, and for each word its places in the list.

The words that hold a part are found by a GIN index of their letters, pairs and trigrams; then each
word gives its newest places in order, so a page costs the same however many bear the name. The
grams are numbers made by a function of our own: no extension is needed, which a hosted database
may not permit, and parts of one or two letters are found by the index too.
"""

from .facts import COLUMNS, ENTRIES, PEOPLE, STAFF, STAFF_ROLES, in_words_of

_ENTER = f"INSERT INTO deskentry ({COLUMNS}) {in_words_of('postgresql', ENTRIES)} AND a.id = NEW.id"
_LEAVE = "DELETE FROM deskentry WHERE application_id = OLD.id"
_NUMBER = "UPDATE deskentry SET number = {} WHERE application_id = {}.application_id"
_TALLY = "INSERT INTO desktally (name, change)"
_WAS_STAFF = f"OLD.role IN ({STAFF_ROLES}) AND OLD.is_active"
_IS_STAFF = f"NEW.role IN ({STAFF_ROLES}) AND NEW.is_active"

GRAMS = """
CREATE OR REPLACE FUNCTION desk_grams(words text) RETURNS int[] AS $$
DECLARE letter text; a int := 0; b int := 0; c int; grams int[] := '{}';
BEGIN
  FOREACH letter IN ARRAY string_to_array(words, NULL) LOOP
    c := ascii(letter);
    grams := grams || ARRAY[c, (b << 10) # c, (a << 20) # (b << 10) # c];
    a := b;
    b := c;
  END LOOP;
  RETURN grams;
END $$ LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE"""
_WORDS = "SELECT DISTINCT word FROM unnest(string_to_array({}.words, ' ')) AS word WHERE word <> ''"
_KNOWN = "EXISTS (SELECT 1 FROM desksearch_words AS known WHERE known.word = new_one.word)"
PLACES = (
    'SELECT DISTINCT word COLLATE "C" AS word, place FROM deskentry, '
    "unnest(string_to_array(words, ' ')) AS word WHERE word <> ''"
)
_FUNCTIONS = {
    "desk_follow_application": f"""
  IF TG_OP = 'INSERT' THEN
    {_ENTER};
  ELSIF TG_OP = 'DELETE' THEN
    {_LEAVE};
  ELSIF OLD.status = 'DRAFT' AND NEW.status = 'DRAFT' THEN
    RETURN NULL;
  ELSIF OLD.status <> 'DRAFT' AND NEW.status <> 'DRAFT' AND OLD.nik = NEW.nik
      AND OLD.submitted IS NOT DISTINCT FROM NEW.submitted
      AND OLD.search_name = NEW.search_name THEN
    IF OLD.status <> NEW.status THEN
      UPDATE deskentry SET status = NEW.status WHERE application_id = NEW.id;
    END IF;
  ELSE
    {_LEAVE};
    {_ENTER};
  END IF;""",
    "desk_follow_card": f"""
  IF TG_OP = 'DELETE' THEN
    {_NUMBER.format("''", "OLD")};
  ELSE
    {_NUMBER.format("NEW.number", "NEW")};
  END IF;""",
    "desk_follow_entry": f"""
  IF TG_OP <> 'INSERT' AND (TG_OP = 'DELETE' OR OLD.status <> NEW.status) THEN
    {_TALLY} VALUES (OLD.status, -1);
  END IF;
  IF TG_OP <> 'DELETE' AND (TG_OP = 'INSERT' OR OLD.status <> NEW.status) THEN
    {_TALLY} VALUES (NEW.status, 1);
  END IF;""",
    # No constraint makes the words unique: two acts with the same new word need not wait.
    "desk_follow_words": f"""
  IF TG_OP = 'INSERT' THEN
    INSERT INTO desksearch_words (word)
      SELECT word FROM ({_WORDS.format("NEW")}) AS new_one WHERE NOT {_KNOWN};
    INSERT INTO desksearch_places (word, place)
      SELECT word, NEW.place FROM ({_WORDS.format("NEW")}) AS all_of_it;
  ELSE
    DELETE FROM desksearch_places
      WHERE place = OLD.place AND word = ANY (string_to_array(OLD.words, ' '));
  END IF;""",
    "desk_follow_emptied": "TRUNCATE desksearch_places, desksearch_words;",
    "desk_follow_person": f"""
  IF TG_OP = 'INSERT' THEN
    {_TALLY} VALUES ('{PEOPLE}', 1);
  ELSIF TG_OP = 'DELETE' THEN
    {_TALLY} VALUES ('{PEOPLE}', -1);
  END IF;
  IF TG_OP <> 'INSERT' AND {_WAS_STAFF} THEN
    {_TALLY} VALUES ('{STAFF}', -1);
  END IF;
  IF TG_OP <> 'DELETE' AND {_IS_STAFF} THEN
    {_TALLY} VALUES ('{STAFF}', 1);
  END IF;""",
}
TRIGGERS = {
    "desk_application": ("INSERT OR DELETE OR UPDATE ON application", "ROW"),
    "desk_card": ("INSERT OR DELETE OR UPDATE OF number ON card", "ROW"),
    "desk_entry": ("INSERT OR DELETE OR UPDATE OF status ON deskentry", "ROW"),
    "desk_words": ("INSERT OR DELETE ON deskentry", "ROW"),
    "desk_emptied": ("TRUNCATE ON deskentry", "STATEMENT"),
    "desk_person": ("INSERT OR DELETE OR UPDATE OF role, is_active ON person", "ROW"),
}
_DROP_TRIGGERS = [
    f"DROP TRIGGER IF EXISTS {name} ON {when.split()[-1]}" for name, (when, _) in TRIGGERS.items()
]
KEEPERS = (
    GRAMS,
    'CREATE TABLE IF NOT EXISTS desksearch_words (word text COLLATE "C" NOT NULL)',
    "CREATE TABLE IF NOT EXISTS desksearch_places "
    '(word text COLLATE "C", place bigint, PRIMARY KEY (word, place))',
    "CREATE INDEX IF NOT EXISTS desksearch_word ON desksearch_words (word)",
    "CREATE INDEX IF NOT EXISTS desksearch_grams ON desksearch_words USING gin (desk_grams(word))",
    *[
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$ BEGIN {body} "
        "RETURN NULL; END $$ LANGUAGE plpgsql"
        for name, body in _FUNCTIONS.items()
    ],
    *_DROP_TRIGGERS,
    *[
        f"CREATE TRIGGER {name} AFTER {when} "
        f"FOR EACH {each} EXECUTE FUNCTION {name.replace('desk_', 'desk_follow_')}()"
        for name, (when, each) in TRIGGERS.items()
    ],
)
DROPS = (
    *_DROP_TRIGGERS,
    "DROP INDEX IF EXISTS desksearch",  # of the first version
    "DROP TABLE IF EXISTS desksearch_places",
    "DROP TABLE IF EXISTS desksearch_words",
)
REFRESH = (
    f"INSERT INTO desksearch_places (word, place) {PLACES} ORDER BY word, place",
    "INSERT INTO desksearch_words (word) SELECT DISTINCT word FROM desksearch_places",
    "ANALYZE deskentry",
    "ANALYZE desksearch_places",
    "ANALYZE desksearch_words",
)
HOW_MANY = "SELECT count(*) FROM pg_trigger WHERE tgname IN ('{}')".format("', '".join(TRIGGERS))
CHECK_SEARCH = (
    f"SELECT NOT EXISTS (({PLACES} EXCEPT SELECT word, place FROM desksearch_places) UNION ALL "
    f"(SELECT word, place FROM desksearch_places EXCEPT {PLACES}) UNION ALL (SELECT word, place "
    "FROM desksearch_places WHERE word NOT IN (SELECT word FROM desksearch_words)))"
)


def gram_codes(word: str) -> list[int]:
    """The grams an entry with this part of a name has, as `desk_grams` counts them."""
    codes = [ord(letter) for letter in word]
    if len(codes) == 1:
        return codes
    if len(codes) == 2:
        return [_as_int(codes[0] << 10 ^ codes[1])]
    grams = zip(codes, codes[1:], codes[2:], strict=False)
    return sorted({_as_int(a << 20 ^ b << 10 ^ c) for a, b, c in grams})


def _as_int(number: int) -> int:
    """As PostgreSQL keeps it: 32 bits with a sign."""
    low = number & 0xFFFFFFFF
    return low - 2**32 if low >= 2**31 else low
