# Two images. `app`: Python with the packages and compiled messages, Node for the bundle, and what is really shipped.
# `proxy`: Caddy with our Caddyfile.

FROM python:3.11-slim-bookworm AS python
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PYTHONDONTWRITEBYTECODE=1
RUN python -m venv /venv
COPY requirements/run.txt /tmp/run.txt
RUN /venv/bin/pip install --require-hashes --requirement /tmp/run.txt
WORKDIR /app
COPY . .
# The bundle contains the messages, so they are compiled before it.
RUN /venv/bin/python -m scripts.messages compile

FROM node:22-bookworm-slim AS bundle
WORKDIR /app/frontend
COPY frontend/package.json frontend/package-lock.json frontend/.npmrc ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY --from=python /app/frontend ./
RUN npm run build

FROM caddy:2-alpine AS proxy
# A plain copy of the program: the original may bind low ports, and a container without that right cannot start it.
RUN cp /usr/bin/caddy /usr/bin/caddy.plain && mv /usr/bin/caddy.plain /usr/bin/caddy \
    && mkdir /certificates && chown 10002:10002 /certificates
ENV XDG_DATA_HOME=/certificates XDG_CONFIG_HOME=/tmp
COPY Caddyfile /etc/caddy/Caddyfile
USER 10002:10002
EXPOSE 8080 8443

FROM python:3.11-slim-bookworm AS app
ENV PATH="/venv/bin:$PATH" PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 DATA_DIR=/data
RUN useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin cocreation \
    && install --directory --owner cocreation --group cocreation /data
COPY --from=python /venv /venv
WORKDIR /app
COPY --from=python /app /app
# Built on the same path, and without node_modules: the image runs no npm.
COPY --from=bundle /app/frontend/dist /app/frontend/dist
RUN python -m compileall -q -j 0 /app/sessions /app/cocreation
USER cocreation
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=6 \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/health/ready', timeout=4)"]
# Without a shell, so that SIGTERM reaches the server and phones are told to come back.
CMD ["python", "manage.py", "serve", "--host", "0.0.0.0", "--port", "8000", "--data-dir", "/data"]
