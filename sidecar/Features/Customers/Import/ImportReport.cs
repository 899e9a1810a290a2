using Sidecar.Csv;
using Sidecar.Features.Customers.Changes;
using Sidecar.Features.Customers.Domain;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Text;

namespace Sidecar.Features.Customers.Import;

/// <summary>What is told of an import, and the file with all of it when that is much.</summary>
internal sealed class ImportReport(Store store, PeopleDirectory people) : IFileSource
{
    /// <summary>So many rows are told in a message; more go into a file.</summary>
    public const int Shown = 20;

    public static string Name => "customers.import-report";

    public async Task<Refusal?> Write(FileRequest request, Stream to, CancellationToken cancel)
    {
        if (
            await store.Find(ImportJob.Kind, request.Argument, cancel) is not { Value: var job }
            || job.By != request.For
        )
        {
            return new ReportIsGone();
        }

        var rows = await Read(store, job.Id, int.MaxValue, cancel);
        await people.Know(rows.SelectMany(row => row.What.Mentioned()), cancel);
        CsvColumn<RowReport>[] columns =
        [
            new("line", row => (long)row.Line),
            new("key", row => row.Customer),
            new("outcome", row => Outcome(row.Outcome, job.IsDryRun)),
            new("what", row => MarkdownEscaper.Plain(row.What.Show(people.NameOf))),
        ];
        await CsvTable.Write(
            to,
            columns,
            rows.OrderBy(row => row.Line).ToAsyncEnumerable(),
            cancel
        );
        return null;
    }

    /// <summary>The rows that the report of an import names, as far as they are wanted, in the order in which they were taken.</summary>
    public static async ValueTask<IReadOnlyList<RowReport>> Read(
        Store store,
        string job,
        int atMost,
        CancellationToken cancel
    )
    {
        var rows = new List<RowReport>();
        IndexPosition? after = null;
        do
        {
            var page = await store.List(
                ImportPage.Kind,
                ImportPage.ByJob,
                IndexKey.Empty.Then(job),
                after,
                50,
                cancel
            );
            rows.AddRange(page.Items.SelectMany(item => item.Value.Rows));
            after = page.Next;
        } while (after is not null && rows.Count < atMost);

        return rows.Count > atMost ? rows[..atMost] : rows;
    }

    /// <summary>Rows that could not be read: all that is wrong with one together.</summary>
    public static IReadOnlyList<RowReport> Of(IReadOnlyList<CsvProblem> problems) =>
        [
            .. problems
                .GroupBy(problem => problem.Line)
                .Select(line => new RowReport(
                    line.Key ?? 0,
                    "",
                    RowOutcome.Refused,
                    Markdown.Typed(
                        string.Join(
                            "; ",
                            line.Select(p => p.Column is { } column ? $"{column}: {p.Why}" : p.Why)
                        )
                    )
                )),
        ];

    /// <summary>What is said of a file that can't be taken at all.</summary>
    public static Markdown OfRefusedFile(string name, IReadOnlyList<CsvProblem> problems) =>
        Markdown.Lines([
            Markdown.Of($"Nothing was imported: {name} can’t be read as a file of customers."),
            .. problems.Take(Shown).Select(problem => Markdown.Of($"- {problem.ToString()}.")),
        ]);

    /// <summary>What is said of an import that got no further.</summary>
    /// <param name="job">The import.</param>
    /// <param name="rows">The first rows of its report.</param>
    public static Markdown OfFailure(ImportJob job, IReadOnlyList<RowReport> rows) =>
        Markdown.Lines([
            Markdown.Of(
                $"**The import of customers did not come to its end**: I failed at it {job.Tries} times{(job.Fault is { } fault ? $" (ref {fault})" : "")}, which is a fault of mine. {(job.Rows == 0 ? Markdown.Of($"Nothing was imported.") : Markdown.Of($"Of the first {job.Rows} rows {job.Added} were added, {job.Changed} changed, {job.Unchanged} unchanged and {job.Refused} refused; what follows them was not taken."))} Tell an administrator. Importing the same file again changes nothing that was taken; a file with a part of the rows shows which one it is."
            ),
            .. rows.Take(Shown).OrderBy(row => row.Line).Select(row => Line(row, job.IsDryRun)),
        ]);

    /// <summary>Says once which columns were left out; nothing when none was.</summary>
    public static Markdown OfColumns(IReadOnlyCollection<string> leftOut) =>
        leftOut.Count == 0
            ? Markdown.None
            : Markdown.Of(
                $"Columns that I do not know were left out: {Markdown.Listed([.. leftOut.Select(Markdown.Typed)], "and")}. {Markdown.Code($"/{SlashCommand.Trigger} customer import template")} gives you a file with all that I know."
            );

    /// <summary>What is said at the end.</summary>
    /// <param name="job">The import.</param>
    /// <param name="rows">The first rows of its report, one more than are shown when there are more.</param>
    public static Markdown Summary(ImportJob job, IReadOnlyList<RowReport> rows) =>
        Markdown.Lines([
            job.IsDryRun
                ? Markdown.Of(
                    $"**Dry run of an import of customers**: nothing was changed. Of {job.Rows} rows {job.Added} would be added, {job.Changed} changed, {job.Unchanged} unchanged, {job.Refused} refused."
                )
                : Markdown.Of(
                    $"**Import of customers**: of {job.Rows} rows {job.Added} were added, {job.Changed} changed, {job.Unchanged} unchanged, {job.Refused} refused."
                ),
            job.HeldBack == 0
                ? Markdown.None
                : Markdown.Of(
                    $"{job.HeldBack} of the refused would have done something else than you were told when you tried the file. If you mean it all the same, {Markdown.Code($"/{SlashCommand.Trigger} customer import {job.Link}")} takes them too."
                ),
            OfColumns(job.LeftOut),
            .. job.OfOneName.Select(Markdown.Typed),
            .. rows.Take(Shown).OrderBy(row => row.Line).Select(row => Line(row, job.IsDryRun)),
            rows.Count > Shown ? Markdown.Of($"The file has all of them.") : Markdown.None,
        ]);

    /// <summary>A row of the report as a line of text.</summary>
    public static Markdown Line(RowReport row, bool isDryRun)
    {
        var what = row.What.IsEmpty ? Markdown.None : Markdown.Of($": {row.What}");
        var customer =
            row.Customer.Length > 0
                ? Markdown.Of($" {Markdown.Code(row.Customer)}")
                : Markdown.None;
        return Markdown.Of($"- Line {row.Line}{customer} {Outcome(row.Outcome, isDryRun)}{what}");
    }

    private static string Outcome(RowOutcome outcome, bool isDryRun) =>
        (outcome, isDryRun) switch
        {
            (RowOutcome.Added, true) => "would be added",
            (RowOutcome.Added, _) => "added",
            (RowOutcome.Changed, true) => "would change",
            (RowOutcome.Changed, _) => "changed",
            (RowOutcome.Unchanged, _) => "unchanged",
            _ => "refused",
        };
}

internal sealed record ReportIsGone()
    : Refusal(Markdown.Of($"The report of that import is not kept any more."));
