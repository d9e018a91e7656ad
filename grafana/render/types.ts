// The dashboards' types: Grafana's own, closed over the panels that grafana/builder uses. Where Grafana's are open (a
// panel's options and fields are any record) these say what may stand there. Overrides of single fields are checked by
// putting them in place of the defaults.
import type * as raw from './node_modules/grafana-schema-11/dist/esm/raw/dashboard/x/dashboard_types.gen';
import type * as stat from './node_modules/grafana-schema-11/dist/esm/raw/composable/stat/panelcfg/x/StatPanelCfg_types.gen';
import type * as stateTimeline from './node_modules/grafana-schema-11/dist/esm/raw/composable/statetimeline/panelcfg/x/StateTimelinePanelCfg_types.gen';
import type * as statusHistory from './node_modules/grafana-schema-11/dist/esm/raw/composable/statushistory/panelcfg/x/StatusHistoryPanelCfg_types.gen';
import type * as table from './node_modules/grafana-schema-11/dist/esm/raw/composable/table/panelcfg/x/TablePanelCfg_types.gen';
import type * as text from './node_modules/grafana-schema-11/dist/esm/raw/composable/text/panelcfg/x/TextPanelCfg_types.gen';
import type * as timeSeries from './node_modules/grafana-schema-11/dist/esm/raw/composable/timeseries/panelcfg/x/TimeSeriesPanelCfg_types.gen';

interface DataSource {
  type: 'grafana-postgresql-datasource';
  uid: string;
}

interface Target {
  refId: string;
  datasource: DataSource;
  editorMode: 'code';
  format: 'table' | 'time_series';
  rawQuery: true;
  rawSql: string;
}

interface Link {
  title: string;
  url: string;
  targetBlank?: boolean;
}

type Fields<Custom> = Omit<raw.FieldConfig, 'custom' | 'links'> & { custom?: Partial<Custom>; links?: Link[] };

interface Transformation {
  id: 'partitionByValues';
  options: { fields: string[]; keepFields: boolean; naming: { asLabels: boolean } };
}

type PanelOf<Type extends string, Options, Custom> = Omit<
  raw.Panel,
  'type' | 'options' | 'fieldConfig' | 'targets' | 'datasource' | 'transformations' | 'id' | 'gridPos'
> & {
  id: number;
  gridPos: raw.GridPos;
  type: Type;
  options: Partial<Options>;
  datasource: DataSource;
  targets: Target[];
  transformations?: Transformation[];
  fieldConfig: {
    defaults: Fields<Custom>;
    overrides: Array<{ matcher: { id: 'byName'; options: string }; properties: Array<{ id: string; value: unknown }> }>;
  };
};

interface TextPanel {
  id: number;
  gridPos: raw.GridPos;
  type: 'text';
  title: string;
  options: text.Options;
}

type Panel =
  | PanelOf<'stat', stat.Options, Record<string, never>>
  | PanelOf<'state-timeline', stateTimeline.Options, stateTimeline.FieldConfig>
  | PanelOf<'status-history', statusHistory.Options, statusHistory.FieldConfig>
  | PanelOf<'table', table.Options, table.FieldConfig>
  | PanelOf<'timeseries', timeSeries.Options, timeSeries.FieldConfig>
  | TextPanel;

// definition is what the variable editor shows; Grafana writes it, its types do not have it.
type Variable = Omit<raw.VariableModel, 'datasource' | 'query'> & {
  datasource?: DataSource;
  query: string;
  definition?: string;
};

type Annotation = Omit<raw.AnnotationQuery, 'target' | 'datasource'> & { datasource: DataSource; target: Target };

export type Dashboard = Omit<
  raw.Dashboard,
  'panels' | 'templating' | 'annotations' | 'snapshot' | 'uid' | 'title' | 'refresh' | 'id'
> & {
  uid: string;
  title: string;
  refresh: string;
  panels: Panel[];
  templating: { list: Variable[] };
  annotations: { list: Annotation[] };
};
