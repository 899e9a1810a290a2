using System.Collections.Immutable;
using Sidecar.Features.Escalations.Domain;

namespace Sidecar.Features.GuidedSetup;

/// <summary>What a channel can be chosen for, and the command that chooses it.</summary>
/// <param name="Value">How the form names it.</param>
/// <param name="Label">How people read it.</param>
/// <param name="Command">What is typed in front of the channel.</param>
internal sealed record GuidedChannel(string Value, string Label, string Command)
{
    /// <summary>The team whose escalations come there; null when it is for something else.</summary>
    public OwningTeam? Team { get; private init; }

    /// <summary>The severity whose updates are told there; null when it is for something else.</summary>
    public Severity? Updates { get; private init; }

    public static GuidedChannel Sev1 { get; } = UpdatesOf(Severity.Sev1);

    public static GuidedChannel Internal { get; } =
        new("internal", "Internal: only our own people read it", "internal mark");

    public static GuidedChannel Help { get; } =
        new("help", "Engineers with too much to do ask for help", "overload channel");

    public static GuidedChannel Board { get; } =
        new("board", "List of assigned engineers", "engineer board");

    /// <summary>All, in the order in which they are offered.</summary>
    public static ImmutableArray<GuidedChannel> All { get; } =
    [
        .. OwningTeams.All.Select(t => new GuidedChannel(
            $"team-{t.Code}",
            $"Escalations for {t.Label}",
            $"team channel {t.Code}"
        )
        {
            Team = t.Team,
        }),
        Sev1,
        UpdatesOf(Severity.Sev2),
        Internal,
        Help,
        Board,
    ];

    private static GuidedChannel UpdatesOf(Severity severity) =>
        new(
            $"updates-{Vocabulary.Severities.Code(severity)}",
            $"Status updates of {Vocabulary.Severities.Label(severity)}",
            $"broadcast {Vocabulary.Severities.Code(severity)}"
        )
        {
            Updates = severity,
        };
}
