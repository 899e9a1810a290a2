using System.Collections.Immutable;
using System.Globalization;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Ids;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.ServiceRequests;

/// <summary>Service requests in the words of the field.</summary>
internal static class ServiceWords
{
    /// <summary>The first word of all commands about them.</summary>
    public const string Group = "service";

    /// <summary>Who can be the one who maintains it: code and label, as forms, commands and lists have them (SRV-3).</summary>
    public static ImmutableArray<Term<Maintainer>> Maintainers { get; } =
    [
        new(Maintainer.Nobody, "no", "No maintenance needed"),
        new(Maintainer.DeploymentEngineering, "de", "Deployment Engineering"),
        new(Maintainer.TechnicalAccountManagers, "tam", "TAMs"),
        new(Maintainer.ResearchAndDevelopment, "rnd", "R&D"),
        new(Maintainer.Vendor, "vendor", "A vendor"),
    ];

    public static Markdown Command(string rest) =>
        Markdown.Code($"/{SlashCommand.Trigger} {Group} {rest}");

    public static string Label(this ServiceState state) =>
        state switch
        {
            ServiceState.AwaitingSignOff => "awaiting sign-off",
            ServiceState.SignedOff => "signed off",
            ServiceState.InProgress => "in progress",
            ServiceState.Delivered => "delivered",
            ServiceState.Accepted => "accepted",
            ServiceState.Completed => "completed",
            _ => "cancelled",
        };

    /// <summary>Where it stands, with what is not as it should be.</summary>
    public static Markdown State(ServiceRequest request) =>
        Markdown.Of(
            $"{request.State.Label()}{Markdown.Sentence(request.IsChangeUnsigned ? ", changed since the sign-off" : "")}{(request.IsOverdue ? Markdown.Of($" · :warning: overdue") : Markdown.None)}"
        );

    /// <summary>
    /// What somebody means who moves it or records the customer's word: how it stands, and what is, or was, to be
    /// delivered (M1).
    /// </summary>
    public static Markdown Standing(ServiceRequest request) =>
        Markdown.Of(
            $"**{request.Id}** is *{request.State.Label()}* since {Times.At(request.StateSince, TimeZoneInfo.Utc)} ({request.StateBy}). Version {request.SowChanges + 1} of its statement of work: **{request.Sow.Title}** for {request.CustomerName}, delivered by {Person(request.Sow.By)}, {Time(request.Sow)}, {Days(request.Sow.Days)} of work: {Shortly(request.Sow.Delivers)}{(request.Delivery.Length == 0 ? Markdown.None : Markdown.Of($" Delivered: {Shortly(request.Delivery)}"))}"
        );

    /// <summary>What somebody means who changes what is to be delivered (SRV-2).</summary>
    public static Markdown Agreement(ServiceRequest request) =>
        request.SignOff is { } signed
            ? Markdown.Of(
                $"**{request.Id}** is *{request.State.Label()}*. {request.CustomerName} has signed it off ({Word(signed)}), and a change takes that away."
            )
            : Markdown.Of(
                $"**{request.Id}** is *{request.State.Label()}*. {request.CustomerName} has not signed it off."
            );

    private static Markdown Shortly(string text) =>
        Markdown.Typed(MarkdownEscaper.Shorten(text, 500)).OnOneLine();

    public static Markdown Person(UserId? person) =>
        person is { } who ? Markdown.Of($"{who}") : Markdown.Of($"nobody yet");

    /// <summary><c>3 days</c>, <c>1.5 days</c>.</summary>
    public static string Days(decimal days) =>
        string.Create(CultureInfo.InvariantCulture, $"{days:0.##} days");

    /// <summary><c>2026-03-09 to 2026-03-20</c>, <c>by 2026-03-20</c>.</summary>
    public static string Time(StatementOfWork sow) =>
        sow.StartsOn is { } start
            ? $"{CalendarDay.Write(start)} to {CalendarDay.Write(sow.DueOn)}"
            : $"by {CalendarDay.Write(sow.DueOn)}";

    /// <summary><c>their head of IT, verbally, on 2026-03-04 (minutes of the call)</c>.</summary>
    public static Markdown Word(CustomerWord word) =>
        Markdown.Of(
            $"{word.Who}{How(word.How)}, on {CalendarDay.Write(word.On)}{(word.Note.Length == 0 ? Markdown.None : Markdown.Of($" ({word.Note})"))}"
        );

    /// <summary><c>R&D (@rita): updates with each release</c>.</summary>
    public static Markdown Plan(MaintenancePlan plan) =>
        plan.By == Maintainer.Nobody
            ? Markdown.Of($"none needed{About(plan.What)}")
            : Markdown.Of($"{Owner(plan)}{About(plan.What)}");

    /// <summary>Who maintains it: <c>R&D</c>, <c>a vendor (Example Consulting)</c>.</summary>
    public static Markdown Owner(MaintenancePlan plan) =>
        Markdown.Of(
            $"{(plan.By == Maintainer.Vendor ? "a vendor" : Maintainers.Label(plan.By))}{(plan.Who.Length == 0 ? Markdown.None : Markdown.Of($" ({plan.Who})"))}"
        );

    /// <summary>What comes next, and how; empty when nothing does.</summary>
    public static Markdown Next(ServiceRequest request)
    {
        var id = request.Id;
        return request.State switch
        {
            ServiceState.AwaitingSignOff when request.Sow.By is null => Markdown.Of(
                $"say who delivers it: {Command($"edit {id}")}"
            ),
            ServiceState.AwaitingSignOff => Markdown.Of(
                $"the customer signs off: {Command($"signed {id}")}"
            ),
            ServiceState.SignedOff => Markdown.Of(
                $"{Person(request.Sow.By)} begins: {Command($"start {id}")}"
            ),
            ServiceState.InProgress when request.IsChangeUnsigned => Markdown.Of(
                $"the customer signs off the change: {Command($"signed {id}")}"
            ),
            ServiceState.InProgress => Markdown.Of(
                $"{Person(request.Sow.By)} delivers: {Command($"deliver {id}")}"
            ),
            ServiceState.Delivered => Markdown.Of(
                $"the customer accepts it: {Command($"accept {id}")}, or not yet: {Command($"return {id}")}"
            ),
            ServiceState.Accepted => Markdown.Of($"who maintains it? {Command($"complete {id}")}"),
            _ => Markdown.None,
        };
    }

    private static string How(SaidHow? how) =>
        how switch
        {
            SaidHow.Verbally => ", verbally",
            SaidHow.InWriting => ", in writing",
            _ => "",
        };

    private static Markdown About(string what) =>
        what.Length == 0 ? Markdown.None : Markdown.Of($": {what}");
}
