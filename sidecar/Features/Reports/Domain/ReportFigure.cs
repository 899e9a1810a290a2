using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Sidecar.Features.Reports.Domain;

/// <summary>What the numbers of a column are.</summary>
internal enum ReportUnit
{
    Count,
    Percent,

    /// <summary>A length in minutes of the clock or of working time, as its row says.</summary>
    Minutes,
    Days,
}

/// <summary>How a figure is drawn.</summary>
internal enum ReportShape
{
    /// <summary>It is a table only.</summary>
    Table,

    /// <summary>Over time: a line for each column.</summary>
    Lines,

    /// <summary>How long things take: for each row the median, and a line to nine in ten.</summary>
    Lengths,

    /// <summary>Who has how much: a bar for each row, made of the columns.</summary>
    Bars,

    /// <summary>Something against its target: a bar for each row, and a mark where it should be.</summary>
    Targets,
}

/// <summary>Who may see a figure.</summary>
internal enum ReportAudience
{
    /// <summary>Everybody in a channel, whoever that is: nobody is named.</summary>
    All,

    /// <summary>Members, not guests: people or customers are named.</summary>
    Members,

    /// <summary>People with a role (ASG-4).</summary>
    Ours,
}

/// <summary>
/// Numbers with a title: the one thing from which a table, a picture and the rows of a file are made, so that they can't
/// differ.
/// </summary>
/// <param name="Name">In the names of files: <c>open-by-severity</c>.</param>
/// <param name="Title">As people read it.</param>
/// <param name="RowHeading">What the rows are.</param>
/// <param name="Rows">What each row is about.</param>
/// <param name="Columns">The numbers, from left to right.</param>
internal sealed record ReportFigure(
    string Name,
    string Title,
    string RowHeading,
    ImmutableArray<string> Rows,
    ImmutableArray<ReportColumn> Columns
)
{
    public ReportShape Shape { get; init; }

    public ReportAudience For { get; init; }

    /// <summary>What the picture shows, for whoever can't see it; the first thing that is said of the figure.</summary>
    public string Words { get; init; } = "";

    /// <summary>How it is counted.</summary>
    public string Note { get; init; } = "";

    /// <summary>The table leaves these columns to the file.</summary>
    public ImmutableArray<string> OnlyInFile
    {
        get;
        init => field = value.IsDefault ? [] : value;
    } = [];

    /// <summary>The rows whose lengths are working time.</summary>
    public ImmutableArray<int> WorkingRows
    {
        get;
        init => field = value.IsDefault ? [] : value;
    } = [];

    [JsonIgnore]
    public bool IsDrawn => Shape != ReportShape.Table && !Rows.IsEmpty;
}

/// <summary>A column of a figure.</summary>
/// <param name="Name">Its heading.</param>
/// <param name="Unit">What its numbers are.</param>
/// <param name="Values">One for each row; null where nothing is known.</param>
internal sealed record ReportColumn(string Name, ReportUnit Unit, ImmutableArray<decimal?> Values);
