using Sidecar.Features.Customers;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Customers.Finding;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Features.Escalations.Lists;
using Sidecar.Features.Escalations.Routing;
using Sidecar.Ids;
using Sidecar.Storage;
using Sidecar.Text;

namespace Sidecar.Features.Escalations.Intake;

/// <summary>
/// What is known of an escalation while its form is filled in (DLG-2, U10): what its severity does, whose its category is,
/// what is open for its customer. About customers only to those who may read them (X3, X4).
/// </summary>
internal sealed class IntakeNotes(
    CustomerStore customers,
    RoutingStore routing,
    EscalationLists lists
)
{
    private const int MostOpen = 3;
    private const int LongestSummary = 80;

    /// <summary>Above a form with what was said in private (U26).</summary>
    public static Markdown ReadByMany { get; } =
        Markdown.Of(
            $":lock: This message was not written in a public channel. Everybody who reads the card can read what is in this form, also in the channels of the teams it goes to. Take out what is not for them, or keep only the link: it shows the message only to people who may read it."
        );

    /// <summary>A line for each thing that is known, and the customer as they are called.</summary>
    public async ValueTask<(string Customer, Markdown Above)> Of(
        Severity? severity,
        Category category,
        string customer,
        UserId reader,
        CancellationToken cancel
    )
    {
        var mayRead = customer.Length > 0 && await customers.MayRead(reader, cancel);
        var known = mayRead ? await customers.Known(customer, cancel) : null;
        // As for who may not read them, with whom nothing must depend on who is a customer.
        var route = routing.RouteOf(
            category,
            severity ?? Severity.Sev4,
            mayRead ? RoutingStore.Known(known) : null
        );
        var above = Markdown.Lines(
            new[]
            {
                severity is { } chosen ? await WhatItDoes(chosen, route, cancel) : Markdown.None,
                Way(route, severity, mayRead),
                mayRead ? await Customer(known, customer, cancel) : Markdown.None,
            }.Where(line => !line.IsEmpty)
        );
        // By the key where the name might mean another, archived one.
        return (
            known is not null && CustomerKey.Of(known.Name) == known.Key ? known.Name : customer,
            above
        );
    }

    private async ValueTask<Markdown> WhatItDoes(
        Severity severity,
        EscalationRoute route,
        CancellationToken cancel
    )
    {
        if (severity > Severity.Sev2 || route is not EscalationRoute.AcceptedRoute)
        {
            return Markdown.None;
        }

        var duty = (await routing.Setup(cancel)).OnDuty;
        return severity == Severity.Sev1
            ? duty is { } engineer
                ? Markdown.Of(
                    $":rotating_light: Raised at once: {engineer} is called, and it gets a channel of its own. Customer and a sentence are enough; everything else can be said later."
                )
                : Markdown.Of(
                    $":rotating_light: Raised at once, and it gets a channel of its own. Nobody is on duty: the DE lead is called. Customer and a sentence are enough; everything else can be said later."
                )
            : Markdown.Of(
                $"Taken at once{(duty is { } on ? Markdown.Of($", and {on} is reminded of it") : Markdown.None)}; what is missing is asked for afterwards."
            );
    }

    private static Markdown Way(EscalationRoute route, Severity? severity, bool mayRead) =>
        route switch
        {
            EscalationRoute.Redirect redirect => Markdown.Of(
                $":arrow_right: Goes to {redirect.To.Label()} at once: {redirect.Reason}."
            ),
            EscalationRoute.AskApproval => Markdown.Of(
                $":raised_hand: Product Engineering is asked to approve it first; nothing starts before that."
            ),
            EscalationRoute.AwaitFacts { Missing: var missing }
                when mayRead && severity is not null && missing.Contains(MissingFact.Arr) =>
                Markdown.Of($"Waits until somebody has added the ARR of this customer."),
            _ => Markdown.None,
        };

    private async ValueTask<Markdown> Customer(
        Customer? known,
        string typed,
        CancellationToken cancel
    )
    {
        if (known is null)
        {
            var near = await customers.Nearest(typed, cancel);
            return near.Count == 0
                ? Markdown.Of($"Nobody has added “{typed}” yet.")
                : Markdown.Of(
                    $"Nobody has added “{typed}” yet. Did you mean {Markdown.Listed([.. near.Take(MostOpen).Select(c => Markdown.Of($"**{c.Name}**"))], "or")}?"
                );
        }

        var open = await lists.Page(
            EscalationList.Of(known.Key, known.Name),
            null,
            MostOpen,
            cancel
        );
        Versioned<Escalation>[] going = [.. open.Items.Where(e => !e.Value.IsOver)];
        var what = known.IsArchived ? Markdown.Of($"**{known.Name}** is archived.") : Markdown.None;
        return going.Length == 0
            ? what
            : Markdown.Lines([
                .. what.IsEmpty ? [] : (Markdown[])[what],
                Markdown.Of($"Open for **{known.Name}**:"),
                .. going.Select(Line),
            ]);
    }

    private static Markdown Line(Versioned<Escalation> open) =>
        Markdown.Of(
            $"- **{open.Value.Id}** {Vocabulary.Severities.Label(open.Value.Severity)}, {Vocabulary.States.Label(open.Value.State)}: {MarkdownEscaper.Shorten(open.Value.Summary, LongestSummary)}"
        );
}
