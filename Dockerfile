# Halobot in a container: a wheel of this folder and the locked dependencies, in a slim image without a compiler.
#   docker build -t halobot . && docker run --env-file .env --volume halobot:/data halobot
ARG BASE=python:3.12-slim
FROM ${BASE} AS build
WORKDIR /src
COPY requirements.lock ./
RUN python -m venv /opt/halobot \
    && /opt/halobot/bin/pip install --no-cache-dir --require-hashes --requirement requirements.lock
COPY pyproject.toml README.md LICENSE manifest.json .env.example ./
COPY seeds ./seeds
COPY bot ./bot
RUN /opt/halobot/bin/pip install --no-cache-dir --no-deps .

FROM ${BASE}
RUN useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin halobot \
    && install --directory --owner=halobot --mode=0700 /data
COPY --from=build /opt/halobot /opt/halobot
ENV PATH=/opt/halobot/bin:$PATH HALO_DATA_DIR=/data PYTHONDONTWRITEBYTECODE=1 \
    HALO_HTTP_HOST=0.0.0.0 HALO_HTTP_PORT=3000
# Everything that is written is in /data; the rest may be read-only, with an empty /tmp.
WORKDIR /data
VOLUME /data
USER 10001
EXPOSE 3000
# What /readyz says. A bot that has ended, as with a refused token, ends the container.
HEALTHCHECK --interval=30s --timeout=20s --start-period=60s CMD ["halobot", "ready"]
ENTRYPOINT ["halobot"]
CMD ["run"]
