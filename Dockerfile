# A portal in a container: docker build -t portico . (docs/testing.md, docs/operating.md)

# Any from 20.19 on; this is the one that the tests run on.
ARG NODE_VERSION=20.20.2

FROM node:${NODE_VERSION}-bookworm-slim AS build
WORKDIR /build
# Packages first: as long as the lock file stays as it is, this layer is kept.
COPY .npmrc package.json package-lock.json ./
COPY packages/client/package.json packages/client/
COPY packages/server/package.json packages/server/
COPY packages/server/bin packages/server/bin/
COPY packages/ui/package.json packages/ui/
RUN --mount=type=cache,target=/root/.npm npm ci
COPY . .
RUN node scripts/package.mjs /opt/portico

FROM node:${NODE_VERSION}-bookworm-slim
ARG VERSION=0.1.0
LABEL org.opencontainers.image.title="Portico" \
      org.opencontainers.image.description="A CRM server that speaks the Bitrix24 REST API" \
      org.opencontainers.image.version=${VERSION} \
      org.opencontainers.image.licenses="MIT"
# The account `node` of the image. By number, so that an orchestrator can see that it is not root.
RUN install -d -o 1000 -g 1000 -m 0700 /data
COPY --from=build /opt/portico /opt/portico
# Plain HTTP is answered on loopback only, as everywhere: who publishes port 8080 to others puts a proxy with TLS before
# it and sets PORTICO_TRUST_PROXY=1, or says PORTICO_ALLOW_HTTP=1 where nobody listens in. Port 8443 has its own TLS.
ENV NODE_ENV=production \
    HOME=/data \
    PATH=/opt/portico/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    PORTICO_HOST=0.0.0.0 \
    PORTICO_DATA=/data
USER 1000:1000
WORKDIR /data
VOLUME /data
EXPOSE 8080 8443
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORTICO_PORT || 8080}/health`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# A list, not a line for a shell: the server is process 1 and hears SIGTERM. `docker run portico status` works, too.
ENTRYPOINT ["portico"]
CMD ["start"]
