using System.Collections.Immutable;
using Sidecar.Time;

namespace Sidecar.Features.Escalations.Domain;

/// <summary>
/// What is to be done, in stages, when something happens to a customer (PB-2). Read once at the start from a data file;
/// an escalation that follows it keeps its own copy of the tasks, so that a file that is changed changes no run.
/// </summary>
/// <param name="Key">Its name in commands, and its file's name without the ending: <c>sev1</c>.</param>
/// <param name="Name">As people read it: <c>Sev 1 outage</c>.</param>
/// <param name="Stages">In order; at least one, each with at least one task.</param>
internal sealed record Playbook(string Key, string Name, ImmutableArray<PlaybookStage> Stages)
{
    /// <summary>The codes of the severities that start it by themselves: <c>sev1</c>; empty: nothing does.</summary>
    public ImmutableArray<string> Severities { get; init; } = [];

    /// <summary>The codes of the categories for which it is meant; empty: all.</summary>
    public ImmutableArray<string> Categories { get; init; } = [];

    /// <summary>The product brought it; else the team wrote it.</summary>
    public bool IsShipped { get; init; }

    /// <summary>It was brought in by command; else it is a file.</summary>
    public bool IsKept { get; init; }

    /// <summary>What it is for; may be empty.</summary>
    public string Description { get; init; } = "";

    /// <summary>How often everybody is told how it stands, whatever its severity says; null: as that says.</summary>
    public WaitLength? UpdateEvery { get; init; }

    /// <summary>What the summary of the first status update is filled with; may be empty.</summary>
    public string UpdateTemplate { get; init; } = "";

    /// <summary>What the draft of the incident's summary ends with; may be empty.</summary>
    public string RetrospectiveTemplate { get; init; } = "";

    /// <summary>What the incident channel's name begins with, in place of the severity; may be empty.</summary>
    public string ChannelName { get; init; } = "";

    /// <summary>Both would start by themselves for something, and nobody could say which one does.</summary>
    public bool Contests(Playbook other) =>
        Severities.Intersect(other.Severities).Any()
        && (
            Categories.IsEmpty == other.Categories.IsEmpty
            && (Categories.IsEmpty || Categories.Intersect(other.Categories).Any())
        );

    /// <summary>It starts by itself for a severity and category, by their codes.</summary>
    public bool StartsFor(string severity, string category) =>
        Severities.Contains(severity) && (Categories.IsEmpty || Categories.Contains(category));
}

/// <summary>A part of a playbook.</summary>
internal sealed record PlaybookStage(string Title, ImmutableArray<PlaybookTask> Tasks);

/// <summary>Something to be done.</summary>
/// <param name="Title">What, in at most 150 characters.</param>
internal sealed record PlaybookTask(string Title)
{
    /// <summary>It is a reply to the customer: once the incident is older than an hour, the executive is part of it (PB-4).</summary>
    public bool RepliesToCustomer { get; init; }

    /// <summary>Checked by the product itself when this happens; null when only a person checks it.</summary>
    public TaskTrigger? DoneWhen { get; init; }

    /// <summary>When it must be done, counted from when the escalation was resolved (PB-7); null when no time is set.</summary>
    public WaitLength? DueAfterResolution { get; init; }

    /// <summary>When it must be done, counted from when the playbook was started; null when no time is set.</summary>
    public WaitLength? DueAfterStart { get; init; }

    /// <summary>More about it, in several lines; may be empty.</summary>
    public string Details { get; init; } = "";

    /// <summary>A slash command that somebody types for it; it is shown and never run. May be empty.</summary>
    public string Command { get; init; } = "";
}

/// <summary>What checks a task by itself.</summary>
internal enum TaskTrigger
{
    /// <summary>The incident channel was opened and the playbook runs (PB-1).</summary>
    ChannelOpened,

    /// <summary>The people whom the product knows were added to the channel (PB-1).</summary>
    PeopleAdded,

    /// <summary>Somebody said that the fix held while it was watched (PB-5).</summary>
    FixHeld,

    /// <summary>The customer's confirmation was recorded (PB-6).</summary>
    CustomerConfirmed,

    /// <summary>The mini-retrospective was answered (PB-8).</summary>
    RetrospectiveHeld,
}
