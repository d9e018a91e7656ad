// Stand-ins for Grafana's state timeline and status history, which are not published: names, boxes over time, a legend.
// Colours and texts are the field engine's, from the dashboard's own mappings and thresholds.
import { getFieldDisplayName } from '@grafana/data';

const LABEL = 260;
const AXIS = 22;
const LEGEND = 26;

// partitionByValues: a frame for each value of a column; only its use by the dashboards is needed.
function partition(panel, frame) {
  const [by] = panel.transformations?.[0]?.options.fields ?? [];
  const time = frame.fields.find((field) => field.type === 'time');
  const rest = frame.fields.filter((field) => field !== time && field.name !== by);
  if (!by) return rest.map((field) => ({ name: getFieldDisplayName(field, frame), field, rows: [...time.values.keys()] }));
  const names = frame.fields.find((field) => field.name === by).values;
  return [...new Set(names)].map((name) => ({
    name,
    field: rest[0],
    rows: [...names.keys()].filter((row) => names[row] === name),
  }));
}

function Boxes({ panel, data, width, height, theme, end, showText, legend }) {
  const [frame] = data.frames;
  const times = frame.fields.find((field) => field.type === 'time').values;
  const series = partition(panel, frame);
  const [from, to] = [data.timeRange.from.valueOf(), data.timeRange.to.valueOf()];
  const x = (moment) => LABEL + ((Math.max(moment, from) - from) / (to - from)) * (width - LABEL);
  const row = Math.min(40, (height - AXIS - (legend ? LEGEND : 0)) / series.length);
  const ticks = [0, 1, 2, 3, 4, 5, 6].map((part) => from + ((to - from) * part) / 7);
  const seen = new Map();
  const boxes = series.map(({ name, field, rows }, place) => ({
    name,
    y: place * row,
    cells: rows.flatMap((at, index) => {
      const value = field.values[at];
      if (value === null || value === undefined) return [];
      if (panel.options.mergeValues && index > 0 && field.values[rows[index - 1]] === value) return [];
      const { text, color, suffix } = field.display(value);
      seen.set(text, color);
      return [{ text: text + (suffix ?? ''), color, from: x(times[at]), to: x(end(times, rows, index, to, field.values)) }];
    }),
  }));
  return (
    <svg width={width} height={height} style={{ font: '12px Inter, sans-serif' }}>
      {boxes.map(({ name, y, cells }) => (
        <g key={name} data-series={name}>
          <text x={LABEL - 10} y={y + row / 2 + 4} textAnchor="end" fill={theme.colors.text.primary}>
            {name.length > 38 ? `${name.slice(0, 37)}…` : name}
          </text>
          {cells.map((cell, index) => (
            <g key={index}>
              <rect
                data-text={cell.text}
                x={cell.from}
                y={y + row * 0.1}
                width={Math.max(cell.to - cell.from, 1)}
                height={row * 0.8}
                fill={cell.color}
              />
              {showText && cell.to - cell.from > 55 && (
                <text x={(cell.from + cell.to) / 2} y={y + row / 2 + 4} textAnchor="middle" fill="#fff">
                  {cell.text}
                </text>
              )}
            </g>
          ))}
        </g>
      ))}
      {ticks.map((moment) => (
        <text key={moment} x={x(moment)} y={series.length * row + 15} fill={theme.colors.text.secondary}>
          {new Date(moment).toISOString().slice(to - from > 172800000 ? 5 : 11, to - from > 172800000 ? 10 : 16)}
        </text>
      ))}
      {legend &&
        [...seen].map(([text, color], index) => (
          <g key={text} transform={`translate(${LABEL + index * 110}, ${height - 6})`}>
            <rect y={-9} width={14} height={8} fill={color} rx={2} />
            <text x={20} fill={theme.colors.text.primary}>
              {text}
            </text>
          </g>
        ))}
    </svg>
  );
}

// A state lasts until the next other one of its series.
const untilItChanges = (times, rows, index, to, values) => {
  const next = rows.find((row, place) => place > index && values[row] !== values[rows[index]]);
  return next === undefined ? to : times[next];
};
export const StateTimeline = (props) => <Boxes {...props} legend end={untilItChanges} />;

// A box a sample, as wide as the time between two.
export const StatusHistory = (props) => (
  <Boxes {...props} showText end={(times, rows, index, to) => (index + 1 < rows.length ? times[rows[index + 1]] : to)} />
);
