using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Sidecar.Features.Customers.Changes;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.Storage;

namespace Sidecar.Features.Customers.Import;

/// <summary>
/// An import that somebody asked for in chat, and how far it has come: it goes on after a restart where it was.
/// </summary>
/// <param name="Id">The act by which it was asked for: delivered twice, it is still one.</param>
/// <param name="By">Who asked.</param>
/// <param name="Link">To the message with the file.</param>
/// <param name="Today">The date where they are, for dates like “today” in the file.</param>
/// <param name="MayArchive">They may put customers away.</param>
/// <param name="IsDryRun">Nothing is written.</param>
internal sealed record ImportJob(
    string Id,
    UserId By,
    string Link,
    DateOnly Today,
    bool MayArchive,
    bool IsDryRun
)
{
    public static DocumentKind<ImportJob> Kind { get; } =
        new("customer-import", ImportJson.Default.ImportJob);

    /// <summary>The dry run by which they were told what it would do; null when they were told nothing.</summary>
    public string? Tried { get; init; }

    /// <summary>So many rows would have done something else than that, and were left (M1).</summary>
    public int HeldBack { get; init; }

    /// <summary>The rows that could not be read at all were reported.</summary>
    public bool HasBegun { get; init; }

    /// <summary>So often it was begun, or begun again, and got no further: at last whoever asked is told.</summary>
    public int Tries { get; init; }

    /// <summary>By what the log tells why it got no further; null when the process ended with it.</summary>
    public string? Fault { get; init; }

    /// <summary>It has been told what came of it; what is left is to be swept out.</summary>
    public bool IsFinished { get; init; }

    /// <summary>So many customers of the file are done.</summary>
    public int Taken { get; init; }

    public int Added { get; init; }

    public int Changed { get; init; }

    public int Unchanged { get; init; }

    public int Refused { get; init; }

    /// <summary>Columns that are not known, which were left out.</summary>
    public IReadOnlyList<string> LeftOut
    {
        get => field ?? [];
        init;
    }

    /// <summary>Rows of one name and without a key, each as a sentence; no more of them than are told.</summary>
    public IReadOnlyList<string> OfOneName
    {
        get => field ?? [];
        init;
    }

    /// <summary>So many pages of the report are written.</summary>
    public int Pages { get; init; }

    [JsonIgnore]
    public int Rows => Added + Changed + Unchanged + Refused;

    /// <summary>With more rows that are done.</summary>
    public ImportJob With(IReadOnlyList<RowReport> reports) =>
        this with
        {
            Added = Added + Count(reports, RowOutcome.Added),
            Changed = Changed + Count(reports, RowOutcome.Changed),
            Unchanged = Unchanged + Count(reports, RowOutcome.Unchanged),
            Refused = Refused + Count(reports, RowOutcome.Refused),
            HeldBack = HeldBack + reports.Count(report => report.IsHeldBack),
        };

    /// <summary>Whether its report names a row: of a real import those that could not be taken, of a dry run what would be.</summary>
    public bool Names(RowReport report) =>
        report.Outcome == RowOutcome.Refused
        || (IsDryRun && report.Outcome != RowOutcome.Unchanged);

    private static int Count(IReadOnlyList<RowReport> reports, RowOutcome outcome) =>
        reports.Count(report => report.Outcome == outcome);
}

/// <summary>
/// What somebody was told that a file would do: importing it means that, until it is imported (M1). It is forgotten with
/// the report.
/// </summary>
/// <param name="Job">The dry run.</param>
internal sealed record TriedFile(string Job)
{
    public static DocumentKind<TriedFile> Kind { get; } =
        new("customer-file-tried", ImportJson.Default.TriedFile);

    /// <summary>The id of its document.</summary>
    public static string IdOf(UserId by, string link) =>
        $"{by.Value}/{Permalink.Read(link)?.Post.Value}";
}

/// <summary>A part of an import's report: what one commit was about.</summary>
/// <param name="Job">Of which import.</param>
/// <param name="Number">Which part.</param>
/// <param name="Rows">The rows that are named.</param>
internal sealed record ImportPage(string Job, int Number, ImmutableArray<RowReport> Rows)
{
    public static DocumentIndex<ImportPage> ByJob { get; } =
        new("by-job", page => [IndexKey.Empty.Then(page.Job).Then(page.Number)]);

    public static DocumentKind<ImportPage> Kind { get; } =
        new("customer-import-page", ImportJson.Default.ImportPage) { Indexes = [ByJob] };

    /// <summary>The id of its document.</summary>
    [JsonIgnore]
    public string Id =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Job}/{Number}");
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault
)]
[JsonSerializable(typeof(ImportJob))]
[JsonSerializable(typeof(ImportPage))]
[JsonSerializable(typeof(SentFileRef))]
[JsonSerializable(typeof(AwaitedFile))]
[JsonSerializable(typeof(TriedFile))]
internal sealed partial class ImportJson : JsonSerializerContext;
