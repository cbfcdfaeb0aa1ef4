# The bot for a small server. State lives in /app/data: mount a volume there.
FROM python:3.11-slim
RUN useradd --create-home bongsrey
WORKDIR /app
COPY requirements.lock ./
RUN pip install --no-cache-dir --require-hashes -r requirements.lock
COPY --chown=bongsrey . .
RUN mkdir -p data && chown bongsrey data
USER bongsrey
VOLUME /app/data
ENTRYPOINT ["python", "-m", "bot"]
CMD ["run"]
