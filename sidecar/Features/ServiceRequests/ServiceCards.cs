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

    /// <summary>A direct message with the card, and of its buttons those that are this person's to press.</summary>
    /// <param name="request">About which.</param>
    /// <param name="person">To whom.</param>
    /// <param name="text">What is said above the card.</param>
    /// <param name="mayEdit">It asks for a change of the statement of work.</param>
    /// <param name="onBehalfOf">Who hears of it when it can't be delivered.</param>
    public static Effect.TellPerson Tell(
        ServiceRequest request,
        UserId person,
        Markdown text,
        bool mayEdit,
        UserId? onBehalfOf
    )
    {
        var card = InMessage(request, person, mayEdit);
        return new Effect.TellPerson(person, text, card)
        {
            About = request.Id.ToString(),
            OnBehalfOf = onBehalfOf,
            Asks = card.Controls.Count > 0 ? ServiceNotices.Asks(request) : null,
        };
    }

    /// <summary>The card of a message to somebody, which says by itself what it is about.</summary>
    public static Card InMessage(ServiceRequest request, UserId? person, bool mayEdit) =>
        Card(request) with
        {
            Title = Markdown.Of($"{request.Id} · {request.CustomerName} · {request.Sow.Title}"),
            Controls =
            [
                .. Controls(
                    request,
                    move =>
                        move == ServiceMoves.Edit ? mayEdit
                        : move == ServiceMoves.Start || move == ServiceMoves.Deliver
                            ? person == request.Sow.By
                        : move == ServiceMoves.Complete
                            ? person == request.Sow.By || person == request.PreparedBy
                        : move != ServiceMoves.Cancel && person == request.PreparedBy
                ),
            ],
        };

    public static Card Card(ServiceRequest request) =>
        new(Markdown.Typed(request.Sow.Title), ToneOf(request))
        {
            Text = Markdown.Typed(request.Sow.Delivers),
            Fields = [.. Fields(request)],
            Controls = [.. Controls(request, _ => true)],
            Footer = Markdown.Of(
                $"{request.Id} · prepared {Times.Day(request.PreparedAt, TimeZoneInfo.Utc)}"
            ),
        };

    /// <summary>The line above the card, which is all that a notification shows.</summary>
    public static Markdown Headline(ServiceRequest request) =>
        Markdown.Of($"{Sign(request)} **{request.Id}** service request · {request.CustomerName}");

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

    private static IEnumerable<CardControl> Controls(
        ServiceRequest request,
        Func<ServiceMoveName, bool> isShown
    ) =>
        ServiceMoves
            .On(request)
            .Where(isShown)
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
