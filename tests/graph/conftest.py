"""What the network's tests share."""


def pytest_configure(config):
    config.addinivalue_line("markers", "browser: needs Chromium and playwright; skipped where either is missing")
