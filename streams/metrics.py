"""Every metric there is, with its labels: a closed list. Times in seconds; no label without a bound.

Besides these there are prometheus-client's own of the process: `process_start_time_seconds` changes when a worker
restarts, `process_resident_memory_bytes` and `process_cpu_seconds_total` are what it costs.
"""

from itertools import product

from prometheus_client import Counter, Gauge, Histogram

from streams.records import KINDS, MEASURES

# A step takes microseconds; a slow article some milliseconds.
STEP = (0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0)
# From an article's arrival in Kafka to a stage's answer in Kafka: milliseconds when live, hours in a backlog.
LATENCY = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 15.0, 60.0, 600.0, 3600.0)
# Classes of exceptions: bad input, what a step may not do, then bugs; any other is "other".
DEADLETTER_REASONS = (
    "BadRecord", "StateTooLarge", "AssertionError", "AttributeError", "IndexError", "KeyError", "OverflowError",
    "RecursionError", "TypeError", "UnicodeError", "ValueError", "ZeroDivisionError", "other",
)  # fmt: skip

# How the agents are doing. agent: extract, enrich, alert.
items_in = Counter("tollwire_items_in", "Records read from the agent's topic", ["agent"])
items_out = Counter("tollwire_items_out", "Records sent on and acknowledged by Kafka", ["agent"])
in_progress = Gauge("tollwire_items_in_progress", "Records read and not yet acknowledged", ["agent"])
last_processed = Gauge("tollwire_last_processed_timestamp_seconds", "When the agent last finished a record", ["agent"])
step_seconds = Histogram("tollwire_step_seconds", "Decoding, step and encoding of one record", ["agent"], buckets=STEP)
latency_seconds = Histogram(
    "tollwire_latency_seconds", "From the article's arrival in Kafka to this agent's acknowledged answer", ["agent"],
    buckets=LATENCY,
)  # fmt: skip
braked = Gauge("tollwire_braked", "1 while too many dead letters in a row have stopped the agent's intake", ["agent"])

# How far behind, as Kafka knows it: every worker tells all partitions, so take the max over workers.
lag = Gauge("tollwire_lag", "Records not yet acknowledged, of all workers together", ["topic", "partition"])
lag_read = Gauge("tollwire_lag_read_timestamp_seconds", "When this worker last learnt the lag from Kafka")

# What is refused, and what is not passed on. reason: of DEADLETTER_REASONS; of the steps' closed lists.
deadletters = Counter("tollwire_deadletters", "Records sent to the dead-letter topic", ["agent", "reason"])
silenced = Counter("tollwire_silenced", "What a step did not pass on, by reason", ["agent", "reason"])

# What the news says. language: a pack's code, or "other".
figures = Counter("tollwire_figures", "Figures read", ["measure", "language"])
alerts = Counter("tollwire_alerts", "Alerts given", ["kind", "measure"])
alert_countries = Counter(
    "tollwire_alert_countries", "Alerts given, by ISO 3166 country; ZZ where unknown", ["country"]
)
# A situation that is told anew after a crash counts again; households are not counted. direction: up, down.
toll_persons = Counter(
    "tollwire_toll_persons", "People by whom alerts changed the best figure of a toll", ["measure", "direction"]
)
situations = Gauge("tollwire_situations", "Situations held in memory by this worker")

# What comes in by `tollwire feed`. outcome: of FEED_OUTCOMES; change: first, changed, refused.
FEED_OUTCOMES = (
    "ok", "same", "address", "redirect", "timeout", "size", "status", "busy", "connection", "encoding", "document",
    "kafka", "bug",
)  # fmt: skip
feed_polls = Counter("tollwire_feed_polls", "Feeds polled: with something to read, as before, or why not", ["outcome"])
feed_pages = Counter("tollwire_feed_pages", "Article pages fetched for feeds, or why not", ["outcome"])
feed_articles = Counter(
    "tollwire_feed_articles", "Article versions of feeds that Kafka has, or refused ones", ["change"]
)
feeds_failing = Gauge("tollwire_feeds_failing", "Feeds whose last poll failed")

# What comes in by `tollwire serve`. status: of SERVE_STATUSES, as HTTP answers; any other is "other".
SERVE_STATUSES = ("202", "400", "401", "404", "405", "408", "413", "415", "422", "503", "500", "other")
serve_requests = Counter("tollwire_serve_requests", "Requests answered, by status", ["status"])
serve_articles = Counter("tollwire_serve_articles", "Article versions taken by HTTP that Kafka has")

# Known label sets stand at zero from the start, so that a rate sees the first of each.
for agent, reason in product(("extract", "enrich", "alert"), DEADLETTER_REASONS):
    deadletters.labels(agent, reason)
for kind, measure in product(KINDS, MEASURES):
    alerts.labels(kind, measure)
for measure, direction in product(MEASURES, ("up", "down")):
    toll_persons.labels(measure, direction)
for outcome in FEED_OUTCOMES:
    feed_polls.labels(outcome)
    feed_pages.labels(outcome)
for change in ("first", "changed", "refused"):
    feed_articles.labels(change)
for status in SERVE_STATUSES:
    serve_requests.labels(status)
