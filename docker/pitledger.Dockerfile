# PitLedger without the embedded PostgreSQL: one image for migrate, server and worker.
FROM node:24-trixie-slim AS built
WORKDIR /pitledger
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY . .
RUN node bin/pitledger.js build-web

FROM node:24-trixie-slim
WORKDIR /pitledger
ENV NODE_ENV=production
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --omit=dev --omit=optional && npm cache clean --force
COPY bin bin
COPY db db
COPY graphql graphql
COPY migrations migrations
COPY worker worker
# Without web/ the server takes the built client as it is.
COPY --from=built /pitledger/dist/web dist/web
USER node
ENTRYPOINT ["node", "bin/pitledger.js"]
CMD ["server"]
