using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.ServiceRequests;

/// <summary>How a service request looks: its card with the moves that are legal now, wherever it is shown.</summary>
internal static class ServiceCards
{
    public const string StateField = "State";
    public const string NextField = "Next";

    public static Effect.ShowCard Show(ServiceRequest request, UserId? onBehalfOf) =>
        new(
            request.Card,
            request.Channel,
            request.Thread,
            Markdown.Of($"{Headline(request)} · prepared by {request.PreparedBy}"),
            Card(request)
        )
        {
            About = request.Id.ToString(),
            OnBehalfOf = onBehalfOf,
        };

    /// <summary>A direct message with the card.</summary>
    public static Effect.TellPerson Tell(
        ServiceRequest request,
        UserId person,
        Markdown text,
        UserId? onBehalfOf
    ) =>
        new(person, text, Card(request) with { Title = Headline(request) })
        {
            About = request.Id.ToString(),
            OnBehalfOf = onBehalfOf,
            Asks = ServiceNotices.Asks(request),
        };

    public static Card Card(ServiceRequest request) =>
        new(Markdown.Typed(request.Sow.Title), ToneOf(request))
        {
            Text = Markdown.Typed(request.Sow.Delivers),
            Fields = [.. Fields(request)],
            Controls = [.. Controls(request)],
            Footer = Markdown.Of($"{request.Id} · service request"),
        };

    /// <summary>The line above the card, which is all that a notification shows.</summary>
    public static Markdown Headline(ServiceRequest request) =>
        Markdown.Of(
            $"{Sign(request)} **{request.Id}** service request · {request.CustomerName}"
        );

    public static IEnumerable<CardField> Fields(ServiceRequest request)
    {
        yield return new(StateField, ServiceWords.State(request));
        yield return new("Delivered by", ServiceWords.Person(request.Sow.By));
        yield return new("When", Markdown.Typed(ServiceWords.Time(request.Sow)));
        yield return new("Work", Markdown.Typed(ServiceWords.Days(request.Sow.Days)));
        foreach (var (name, value) in Wide(request))
        {
            if (!value.IsEmpty)
            {
                yield return new(name, value, Wide: true);
            }
        }
    }

    private static IEnumerable<(string Name, Markdown Value)> Wide(ServiceRequest request)
    {
        yield return (
            "Signed off",
            request.SignOff is { } signed ? ServiceWords.Word(signed) : Markdown.None
        );
        yield return ("Delivered", Markdown.Typed(request.Delivery));
        yield return (
            "Accepted",
            request.Acceptance is { } accepted ? ServiceWords.Word(accepted) : Markdown.None
        );
        yield return (
            "Maintenance",
            request.Maintenance is { } plan ? ServiceWords.Plan(plan) : Markdown.None
        );
        yield return ("Why", Markdown.Typed(request.StateReason));
        yield return (
            "Was",
            request.Former is { } former
                ? Markdown.Of(
                    $"**{former.Id}**: {Markdown.Code($"/{SlashCommand.Trigger} show {former.Id}")}"
                )
                : Markdown.None
        );
        yield return (NextField, ServiceWords.Next(request));
    }

    private static IEnumerable<CardControl> Controls(ServiceRequest request) =>
        ServiceMoves
            .On(request)
            .Select(
                (move, i) =>
                    MakeServiceMove.Key.Button(
                        move.Label,
                        new ServiceMoveRef(request.Id, move.Name),
                        i == 0 ? ControlStyle.Primary
                            : move == ServiceMoves.Cancel ? ControlStyle.Danger
                            : ControlStyle.Default
                    )
            );

    private static Tone ToneOf(ServiceRequest request) =>
        request switch
        {
            { IsOverdue: true } => Tone.Warning,
            { State: ServiceState.AwaitingSignOff or ServiceState.Delivered } => Tone.Notice,
            { IsChangeUnsigned: true } => Tone.Notice,
            { State: ServiceState.Accepted or ServiceState.Completed } => Tone.Success,
            _ => Tone.Neutral,
        };

    private static Markdown Sign(ServiceRequest request) =>
        request.State switch
        {
            ServiceState.AwaitingSignOff => Markdown.Of($":memo:"),
            ServiceState.SignedOff => Markdown.Of($":handshake:"),
            ServiceState.InProgress => Markdown.Of($":hammer_and_wrench:"),
            ServiceState.Delivered => Markdown.Of($":package:"),
            ServiceState.Cancelled => Markdown.Of($":no_entry_sign:"),
            _ => Markdown.Of($":white_check_mark:"),
        };
}
