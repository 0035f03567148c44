/* cc2boamps: CodeCarbon's measurements become BoAmps reports. */
#include "cli/findings.h"
#include "cli/tool.h"
#include "converters/convert_tool.h"
#include "converters/source_codecarbon.h"

struct options {
    struct convert_options convert;
    int rows, tasks, pue, assume, from;
    const char *cpu_count, *columns, *header_from;
};

enum { ROWS_RUN, ROWS_ALL };
enum { TASKS_MEASURES, TASKS_REPORTS };
enum { PUE_KEEP, PUE_REMOVE };
enum { ASSUME_NOTHING, ASSUME_ON_PREMISE };

static const char *const rows_choices[] = { "run", "all", NULL };
static const char *const tasks_choices[] = { "measures", "reports", NULL };
static const char *const from_choices[] = { "auto", "csv", "json", "text",
                                            NULL }; /* enum cc_form */
static const char *const pue_choices[] = { "keep", "remove", NULL };
static const char *const assume_choices[] = { "nothing", "onPremise", NULL };

static const struct boa_opt table[] = {
    CONVERT_OPT_ROWS,
    { .kind = BOA_OPT_HEADING, .help = "CodeCarbon" },
    { .kind = BOA_OPT_CHOICE,
      .name = "rows",
      .value = "WHICH",
      .choices = rows_choices,
      .preset = "run",
      .help = "run: of the rows of a run, which are cumulative, the one with the largest energy; "
              "all: a report for every row, in one pass",
      .offset = offsetof(struct options, rows) },
    { .kind = BOA_OPT_CHOICE,
      .name = "tasks",
      .value = "AS",
      .choices = tasks_choices,
      .preset = "measures",
      .help = "what tasks become: measures of their run's report, or reports of their own",
      .offset = offsetof(struct options, tasks) },
    { .kind = BOA_OPT_CHOICE,
      .name = "from",
      .value = "FORM",
      .choices = from_choices,
      .preset = "auto",
      .help =
          "form of the input: auto looks at its content; csv; json, one or many objects, behind "
          "any prefix; text, lines of key: value",
      .offset = offsetof(struct options, from) },
    { .kind = BOA_OPT_TEXT,
      .name = "columns",
      .value = "LIST",
      .help = "names of the columns, separated by commas, of tables without a header",
      .offset = offsetof(struct options, columns) },
    { .kind = BOA_OPT_TEXT,
      .name = "header-from",
      .value = "FILE",
      .help = "the same, taken from the first row of FILE",
      .offset = offsetof(struct options, header_from) },
    { .kind = BOA_OPT_TEXT,
      .name = "cpu-count",
      .value = "threads|half|N",
      .preset = "threads",
      .help = "what nbComponent of the CPU says: the logical CPUs that CodeCarbon counts, half of "
              "them, or N",
      .offset = offsetof(struct options, cpu_count) },
    { .kind = BOA_OPT_CHOICE,
      .name = "pue",
      .value = "WHAT",
      .choices = pue_choices,
      .preset = "keep",
      .help = "keep: the energy as stored, which CodeCarbon multiplied by the data centre's pue; "
              "remove: divided by it",
      .offset = offsetof(struct options, pue) },
    { .kind = BOA_OPT_CHOICE,
      .name = "assume",
      .value = "WHAT",
      .choices = assume_choices,
      .preset = "nothing",
      .help = "onPremise: confirm that runs without a sign of a cloud ran on own premises",
      .offset = offsetof(struct options, assume) },
    BOA_OPT_ROWS_COMMON,
};

static const struct options defaults = {
    .convert = CONVERT_DEFAULTS,
    .cpu_count = "threads",
};

/* The row for the CPU's number, as --cpu-count wants it. */
static int set_cpu_count(struct boa_map *map, const char *how, struct boa_err *err)
{
    struct boa_map_row row = { .field = BOA_FIELD_COMPONENT_NB,
                               .slot = BOA_SLOT_CPU,
                               .cell = "cpu_count" };

    if (strcmp(how, "threads") == 0)
        return 0;
    if (strcmp(how, "half") == 0) {
        row.transform = BOA_TRANSFORM_HALF;
    } else {
        size_t digits = strspn(how, "0123456789");
        if (digits == 0 || digits > 9 || how[digits] != '\0' || how[0] == '0')
            return boa_err_set(err, BOA_ERR_USAGE,
                               "--cpu-count: want threads, half or a number, have \"%s\"", how);
        row.cell = NULL;
        row.constant = how;
    }
    (void)boa_map_replace(map, &row); /* takes the place of the row that is there */
    return 0;
}

static const char *cpu_count_note(const char *how)
{
    if (strcmp(how, "threads") == 0)
        return "CodeCarbon's cpu_count: logical CPUs";
    return strcmp(how, "half") == 0 ? "half of CodeCarbon's cpu_count, which is logical CPUs"
                                    : NULL;
}

static int add_input(void *user, const char *name, size_t *added, struct boa_err *err)
{
    return cc_source_add(user, name, added, err);
}

/* Column names from outside, if any are given. */
static int load_columns(struct columns *columns, const struct options *options, struct boa_err *err)
{
    if (options->columns != NULL && options->header_from != NULL)
        return boa_err_set(err, BOA_ERR_USAGE,
                           "--columns and --header-from say the same; give one");
    if (options->columns != NULL)
        return columns_from_list(columns, options->columns, err);
    if (options->header_from != NULL)
        return columns_from_file(columns, options->header_from, options->convert.common.max_size,
                                 err);
    return 0;
}

static int run(const struct boa_tool_run *frame, struct boa_err *err)
{
    const struct options *options = frame->options;
    struct columns columns = { 0 };
    const struct cc_source_options source_options = {
        .all_rows = options->rows == ROWS_ALL,
        .tasks_apart = options->tasks == TASKS_REPORTS,
        .form = (enum cc_form)options->from,
        .columns = &columns,
        .cells = { .remove_pue = options->pue == PUE_REMOVE,
                   .on_premise = options->assume == ASSUME_ON_PREMISE },
        .cpu_count = cpu_count_note(options->cpu_count),
        .max_row = options->convert.common.max_size,
        .spool_folder = convert_spool_folder(),
        .output = options->convert.common.output,
    };
    struct convert_run convert = { .tool = frame,
                                   .options = &options->convert,
                                   .example = "emissions.csv" };
    int status = BOA_EXIT_FAILURE;

    boa_map_init(&convert.map, cc_map, cc_map_count);
    if (set_cpu_count(&convert.map, options->cpu_count, err) != 0 ||
        load_columns(&columns, options, err) != 0)
        return BOA_EXIT_FAILURE;
    convert.source = cc_source_new(&source_options, frame->diags, err);
    if (convert.source != NULL && convert_inputs(frame, add_input, convert.source, err) == 0)
        status = convert_run(&convert, err);
    if (convert.source != NULL)
        convert.source->free(convert.source);
    columns_release(&columns);
    return status;
}

static const struct boa_example examples[] = {
    { "cc2boamps emissions.csv", "Drafts in ./boamps-reports, and what they lack." },
    { "cc2boamps -c context.yaml emissions.csv",
      "Complete reports: the context says what CodeCarbon cannot know." },
    { "cc2boamps -c context.yaml -o - emissions.csv", "One report a line on standard output." },
    { "cc2boamps --assume=onPremise --set task/taskStage=training emissions.csv",
      "Single values on the command line." },
};

static const struct boa_tool_section sections[] = {
    { "INPUT",
      "Files are recognised by their content, whatever their names. A folder stands for all "
      "emissions*.csv* and JSON files in it and in its folders; the same run in several files is "
      "one run. Where the output lies in such a folder, it is passed over.\n\n"
      "tables\tof every version: columns by name in any order; separated by commas, semicolons or "
      "tabs, with decimal points or commas; with byte order marks, any line ends, headers again "
      "in the middle, or the marks of a merge that was not resolved\n"
      "task files\temissions_NAME_RUN.csv: tasks become measures of their run's report\n"
      "JSON\tone object, an array, an object a line, log lines with any prefix, exports of Google "
      "Cloud's logs, the API's runs and emissions\n"
      "text\tlines of key: value\n"
      "reports\tBoAmps reports and drafts, wherever JSON may stand, and CodeCarbon's own: they are "
      "completed from the context, which wins over what they say; all else stays in them" },
    { "WHAT BECOMES OF A ROW",
      "CodeCarbon writes a run's total again at every flush, so of rows with one run_id the one "
      "with the largest energy is the run, the earliest among equals. Rows without a run_id are "
      "runs of their own. What the API was sent are differences: they are added up, exactly. "
      "Rows of one run_id whose energy falls as time goes on are kept apart, with a warning. So "
      "are runs named that measured equal machines at the same time, except with --rows=all, "
      "which reads once and compares no rows.\n\n"
      "What the file cannot tell is left out, or taken from the context; nothing is invented. A "
      "report is final when every required field is there and nothing was assumed, else it is a "
      "draft and named so. Rows whose cells do not fit their columns are refused with their line; "
      "the rest goes on." },
    CONVERT_SECTIONS,
};

static const struct boa_tool tool = {
    .name = "cc2boamps",
    .summary = "turn CodeCarbon measurements into BoAmps reports",
    .usage = "[OPTIONS] [FILE|DIR...]",
    .description = "cc2boamps reads what CodeCarbon writes, of any version, and makes a BoAmps "
                   "report of every "
                   "run. Without a FILE, or where FILE is -, it reads standard input.",
    .opts = table,
    .opt_count = sizeof table / sizeof table[0],
    .defaults = &defaults,
    .options_size = sizeof defaults,
    .run = run,
    .examples = examples,
    .example_count = sizeof examples / sizeof examples[0],
    .sections = sections,
    .section_count = sizeof sections / sizeof sections[0],
    .see_also = "boamps-validate(1), boamps-anon(1)",
};

int main(int argc, char **argv)
{
    return boa_tool_main(&tool, argc, argv);
}
