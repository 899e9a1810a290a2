using Sidecar.People;

namespace Sidecar.Features.MySummary;

/// <summary>What a feature has for somebody (WEEK-2): the summary is made of what all of them have.</summary>
internal interface ISummarySource
{
    /// <summary>Who is told what was theirs when their account is deactivated.</summary>
    Role Lead { get; }

    /// <summary>What is theirs, due, or waits for them.</summary>
    ValueTask<IReadOnlyList<SummaryLine>> Of(
        ActingPerson person,
        DateTimeOffset now,
        CancellationToken cancel
    );
}
