# The bot for a small server. State lives in /app/data: mount a volume there.
#
# The base is python:3.11-slim (Python 3.11.16, Debian 13, all platforms) as it was in August 2026.
# A newer one: docker buildx imagetools inspect python:3.11-slim, line “Digest”; then run the tests.
FROM python:3.11-slim@sha256:9c900dea9e8fb7e16277c179b555cc72d29a352dbc33cff48ad5a0412fd5bfc7
RUN useradd --uid 10001 --no-create-home --home-dir /app/data --shell /usr/sbin/nologin bongsrey
WORKDIR /app
COPY requirements.lock ./
RUN pip install --no-cache-dir --require-hashes -r requirements.lock
# All of it belongs to root: who breaks into the bot can change neither its code nor its words.
COPY content content
COPY migrations migrations
COPY handlers handlers
COPY bot bot
COPY pyproject.toml README.md ./
# `bongsrey`, as the README writes it: docker compose exec bongsrey bongsrey doctor
RUN pip install --no-cache-dir --no-deps --no-build-isolation --no-index -e . \
    && python -m compileall -q bot handlers migrations \
    && chmod -R a+rX,go-w /app \
    && install -d -o bongsrey -g bongsrey -m 0700 data
# The page of the machine's own answers inside the container alone; 0 switches it off.
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 MONITOR_PORT=9464
USER bongsrey
VOLUME /app/data
# Whether it can answer at all. Whether Telegram is reached is no reason to start it anew: /readyz.
HEALTHCHECK --interval=60s --timeout=10s --start-period=180s --retries=3 \
    CMD ["python", "-c", "import http.client, os; port = int(os.environ['MONITOR_PORT']); page = http.client.HTTPConnection('127.0.0.1', port or 1, timeout=5); port and page.request('GET', '/healthz'); raise SystemExit(bool(port) and page.getresponse().status != 200)"]
ENTRYPOINT ["bongsrey"]
CMD ["run"]
