FROM python:3.13-slim AS build
WORKDIR /src
COPY . .
RUN pip wheel --no-cache-dir --no-deps --wheel-dir /wheels .

FROM python:3.13-slim
COPY --from=build /wheels /wheels
COPY container/entrypoint.sh container/requirements.txt /usr/local/share/mkdocs-postmortem/
RUN pip install --no-cache-dir -r /usr/local/share/mkdocs-postmortem/requirements.txt /wheels/*.whl \
    && rm -r /wheels \
    && useradd --create-home --uid 1000 writer
USER 1000
WORKDIR /site
EXPOSE 8000
ENTRYPOINT ["sh", "/usr/local/share/mkdocs-postmortem/entrypoint.sh"]
CMD ["check"]
