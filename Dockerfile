# syntax=docker/dockerfile:1
FROM python:3.11-slim AS build

# Where a CPU build of torch is wanted, pass pip's own PIP_EXTRA_INDEX_URL as a build argument (README, "torch").
ARG PIP_EXTRA_INDEX_URL
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1

RUN python -m venv /opt/habarshy
WORKDIR /src
COPY pyproject.toml constraints.txt README.md LICENSE ./
COPY bot bot
COPY summarizer summarizer
RUN /opt/habarshy/bin/pip install -c constraints.txt '.[neural,endpoint,cluster,web]'

FROM python:3.11-slim

RUN useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin habarshy \
    && install -d -o habarshy -g habarshy /data
COPY --from=build /opt/habarshy /opt/habarshy

# Models that transformers downloads live on the volume too: they should outlast the container.
ENV PATH=/opt/habarshy/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    HF_HOME=/data/huggingface \
    HABARSHY_DATABASE_URL=sqlite+aiosqlite:////data/habarshy.db \
    HABARSHY_WEB_HOST=0.0.0.0

USER 10001
WORKDIR /data
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM

HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as r; r.urlopen('http://127.0.0.1:' + os.environ.get('HABARSHY_WEB_PORT', '8080') + '/healthz', timeout=4)"]

CMD ["habarshy", "run"]
