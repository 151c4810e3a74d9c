"""Writing to and reading from topics, for tests: whole logs, from the first offset to the last."""

from kafka import KafkaConsumer, KafkaProducer, TopicPartition

from streams import connection


def write(settings, topic, records):
    """Send (key, value) pairs to a topic, or triples with headers, and wait until Kafka has them."""
    producer = KafkaProducer(**connection.kafka_python(settings), acks="all", linger_ms=5)
    for key, value, *headers in records:
        producer.send(settings.prefix + topic.name, value, key, *headers)
    producer.flush()
    producer.close()


def whole(settings, topic):
    """Every message of a topic, partition by partition, in order."""
    consumer = KafkaConsumer(**connection.kafka_python(settings), enable_auto_commit=False)
    parts = [TopicPartition(settings.prefix + topic.name, number) for number in range(settings.partitions)]
    consumer.assign(parts)
    ends = consumer.end_offsets(parts)
    consumer.seek_to_beginning(*parts)
    messages = []
    while any(consumer.position(part) < ends[part] for part in parts):
        for batch in consumer.poll(timeout_ms=500).values():
            messages += batch
    consumer.close()
    return sorted(messages, key=lambda message: (message.partition, message.offset))
