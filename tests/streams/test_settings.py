import pytest

from streams.settings import BadSetting, Settings, environment, load


def test_defaults_and_overrides():
    assert load({}) == Settings()
    settings = load({"TOLLWIRE_PARTITIONS": "3", "TOLLWIRE_BROKER": "a:1,b:2", "OTHER": "x"}, broker="c:3", data=None)
    assert (settings.partitions, settings.broker) == (3, "c:3")


@pytest.mark.parametrize(
    ("environ", "says"),
    [
        ({"TOLLWIRE_PARTITIONS": "many"}, "TOLLWIRE_PARTITIONS='many': wanted a whole number"),
        ({"TOLLWIRE_PARTITIONS": "0"}, "TOLLWIRE_PARTITIONS=0: wanted"),
        ({"TOLLWIRE_BROKER": "localhost"}, "TOLLWIRE_BROKER='localhost': wanted host:port"),
        ({"TOLLWIRE_PARTITONS": "3"}, "TOLLWIRE_PARTITONS: no such setting"),
        ({"TOLLWIRE_STORE": "disk"}, "TOLLWIRE_STORE='disk': wanted memory or rocksdb"),
        ({"TOLLWIRE_CA_FILE": "/no/such"}, "TOLLWIRE_CA_FILE=/no/such: no such file"),
        ({"TOLLWIRE_SECURITY_PROTOCOL": "SASL_SSL"}, "set TOLLWIRE_SASL_USERNAME"),
        ({"TOLLWIRE_SASL_PASSWORD_FILE": "/no/such"}, "TOLLWIRE_SASL_PASSWORD_FILE=/no/such: cannot be read"),
    ],
)
def test_a_bad_setting_is_named(environ, says):
    with pytest.raises(BadSetting, match=says):
        load(environ)


def test_a_password_comes_from_a_file_and_is_never_printed(tmp_path):
    (tmp_path / "password").write_text("opensesame\n")
    settings = load({"TOLLWIRE_SASL_PASSWORD_FILE": str(tmp_path / "password")})
    assert settings.sasl_password == "opensesame"
    assert "opensesame" not in repr(settings)


def test_a_child_process_gets_the_same_settings(tmp_path):
    settings = load({}, partitions=5, data=tmp_path, sasl_password="x", metrics_port=0)
    assert load(environment(settings)) == settings
