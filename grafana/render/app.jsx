// Shows a committed dashboard with rows of a real database, by Grafana's own field engine and, where they are published,
// its own components: PanelChrome, Table, BigValue, TimeSeries. State timeline and status history live in Grafana alone;
// timelines.jsx stands in for them with the same colours.
import { useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import {
  EventBusSrv,
  FieldConfigOptionsRegistry,
  LoadingState,
  applyFieldOverrides,
  cacheFieldDisplayNames,
  createTheme,
  dataFrameFromJSON,
  dateTime,
  getFieldDisplayValues,
  identityOverrideProcessor,
  renderTextPanelMarkdown,
} from '@grafana/data';
import { BigValue, GlobalStyles, PanelChrome, PanelContextProvider, ThemeContext, TimeSeries } from '@grafana/ui';
import { TableNG } from '@grafana/ui/unstable';
import { initPluginTranslations } from '@grafana/i18n';
import { StateTimeline, StatusHistory } from './timelines.jsx';

const theme = createTheme({ colors: { mode: 'dark' } });
const COLUMNS = 24;
const ROW = 30;
const GAP = 8;

// The settings of fields that the dashboards use. Grafana's own list brings editors with it and is not published.
const registry = new FieldConfigOptionsRegistry(() => {
  const own = 'unit decimals min max displayName noValue thresholds mappings links color'.split(' ');
  const custom =
    'width hidden align cellOptions drawStyle lineWidth fillOpacity lineInterpolation showPoints spanNulls stacking axisPlacement';
  const item = (path, isCustom) => ({
    id: isCustom ? `custom.${path}` : path,
    path,
    isCustom,
    name: path,
    description: '',
    editor: () => null,
    override: () => null,
    process: identityOverrideProcessor,
    shouldApply: () => true,
    settings: {},
  });
  return [...own.map((path) => item(path, false)), ...custom.split(' ').map((path) => item(path, true))];
});

// The lowest step of thresholds has no value in the file.
const withInfinity = (value) =>
  value && value.steps
    ? { ...value, steps: value.steps.map((step) => ({ ...step, value: step.value ?? -Infinity })) }
    : value;

function prepare(panel, frameJson, interpolate, timeRange) {
  const { defaults, overrides } = panel.fieldConfig;
  const fieldConfig = {
    defaults: { ...defaults, thresholds: withInfinity(defaults.thresholds) },
    overrides: overrides.map(({ matcher, properties }) => ({
      matcher,
      properties: properties.map(({ id, value }) => ({ id, value: id === 'thresholds' ? withInfinity(value) : value })),
    })),
  };
  const frames = applyFieldOverrides({
    data: [dataFrameFromJSON(frameJson)],
    fieldConfig,
    replaceVariables: (text, scoped) => interpolate(text, scoped),
    theme,
    timeZone: 'utc',
    fieldConfigRegistry: registry,
  });
  cacheFieldDisplayNames(frames);
  return { frames, fieldConfig, timeRange };
}

function Stat({ panel, data, width, height, interpolate }) {
  const values = getFieldDisplayValues({
    fieldConfig: data.fieldConfig,
    reduceOptions: panel.options.reduceOptions,
    replaceVariables: interpolate,
    theme,
    data: data.frames,
    timeZone: 'utc',
  });
  return (
    <div style={{ display: 'flex' }}>
      {values.map(({ display }, index) => (
        <div key={index} data-tile={display.title} data-color={display.color}>
          <BigValue
            value={display}
            count={values.length}
            width={width / values.length}
            height={height}
            theme={theme}
            disableWideLayout={!panel.options.wideLayout}
            {...panel.options}
          />
        </div>
      ))}
    </div>
  );
}

const Table = ({ data, width, height }) => {
  const [frame] = data.frames;
  // Grafana leaves hidden columns out before it hands the frame to the table.
  const fields = frame.fields.map((field) =>
    field.config.custom?.hidden
      ? { ...field, config: { ...field.config, custom: { ...field.config.custom, hideFrom: { viz: true } } } }
      : field,
  );
  return (
    <TableNG
      data={{ ...frame, fields }}
      width={width}
      height={height}
      cellHeight="sm"
      fieldConfig={data.fieldConfig}
      timeRange={data.timeRange}
      enableVirtualization={true}
    />
  );
};

const Lines = ({ panel, data, width, height }) => (
  <PanelContextProvider value={{ eventsScope: 'page', eventBus: new EventBusSrv() }}>
    <TimeSeries
      frames={data.frames}
      timeRange={data.timeRange}
      timeZone="utc"
      width={width}
      height={height}
      legend={panel.options.legend}
      options={panel.options}
    />
  </PanelContextProvider>
);

const Text = ({ panel, interpolate }) => (
  <div
    className="markdown-html"
    dangerouslySetInnerHTML={{ __html: renderTextPanelMarkdown(interpolate(panel.options.content)) }}
  />
);

const KINDS = {
  stat: Stat,
  table: Table,
  timeseries: Lines,
  text: Text,
  'state-timeline': StateTimeline,
  'status-history': StatusHistory,
};

function Panel({ panel, frame, interpolate, timeRange, unit }) {
  const { x, y, w, h } = panel.gridPos;
  const place = {
    position: 'absolute',
    left: x * unit + GAP / 2,
    top: y * (ROW + GAP),
    width: w * unit - GAP,
    height: h * (ROW + GAP) - GAP,
  };
  const Kind = KINDS[panel.type];
  const data = panel.type === 'text' ? null : prepare(panel, frame, interpolate, timeRange);
  return (
    <section style={place} data-panel={panel.title} data-kind={panel.type} data-rows={frame?.data.values[0].length}>
      <PanelChrome
        width={place.width}
        height={place.height}
        title={interpolate(panel.title)}
        description={panel.description ? () => panel.description : undefined}
        loadingState={LoadingState.Done}
      >
        {(width, height) => <Kind {...{ panel, data, width, height, interpolate }} theme={theme} />}
      </PanelChrome>
    </section>
  );
}

// Variables, and what links may name: ${__value.raw}, ${__data.fields.Name.numeric} and so on.
const interpolator = (values, url) => (text, scoped) =>
  (text ?? '').replace(/\$(\w+)|\$\{(\w+)(?:\.([^:}]+))?(?::(\w+))?\}/g, (whole, short, name, path, form) => {
    const key = short ?? name;
    let found = values[key];
    if (key === '__url_time_range') found = url;
    else if (scoped?.__dataContext && (key === '__value' || key === '__data')) {
      const { frame, field, rowIndex } = scoped.__dataContext.value;
      const [, column, part] = key === '__data' ? path.match(/^fields\.(.+?)(?:\.(numeric|text|raw))?$/) : [0, 0, path];
      const of = column ? frame.fields.find((one) => one.name === column) : field;
      const raw = of?.values[rowIndex];
      found = part === 'numeric' ? Number(raw) : raw;
    } else if (key === '__field') found = scoped?.__field?.value?.labels?.[path?.split('.')[1]];
    if (found === undefined) return whole;
    return form === 'percentencode' ? encodeURIComponent(found) : String(found);
  });

function Dashboard({ shown }) {
  const { dashboard, frames, starts, values, from, to } = shown;
  const width = document.body.clientWidth - 32;
  const range = (start) => ({ from: dateTime(start), to: dateTime(to), raw: { from: dateTime(start), to: dateTime(to) } });
  const interpolate = interpolator(values, `from=${from}&to=${to}`);
  const bottom = Math.max(...dashboard.panels.map(({ gridPos }) => gridPos.y + gridPos.h));
  return (
    <main style={{ padding: 16, background: theme.colors.background.canvas }}>
      <h2 style={{ margin: '0 0 4px' }}>{dashboard.title}</h2>
      <p style={{ color: theme.colors.text.secondary, margin: '0 0 12px' }}>
        {dashboard.templating.list.map(({ name, label }) => `${label}: ${values[name] || '–'}`).join('   ·   ')}
        {`   ·   ${dashboard.time.from} to ${dashboard.time.to}   ·   refresh ${dashboard.refresh}   ·   rendered outside Grafana`}
      </p>
      <div style={{ position: 'relative', height: bottom * (ROW + GAP) }}>
        {dashboard.panels.map((panel) => (
          <Panel
            key={panel.id}
            {...{ panel, interpolate }}
            timeRange={range(starts[panel.id] ?? from)}
            frame={frames[panel.id]}
            unit={width / COLUMNS}
          />
        ))}
      </div>
    </main>
  );
}

function App() {
  const [shown, setShown] = useState(null);
  useEffect(() => {
    const uid = new URLSearchParams(location.search).get('dashboard');
    Promise.all([fetch(`/shown/${uid}.json`).then((answer) => answer.json()), initPluginTranslations('grafana')]).then(
      ([found]) => setShown(found),
    );
  }, []);
  return (
    <ThemeContext.Provider value={theme}>
      <GlobalStyles />
      {shown && <Dashboard shown={shown} />}
    </ThemeContext.Provider>
  );
}

window.__grafana_public_path__ = '/public/';
createRoot(document.getElementById('root')).render(<App />);
