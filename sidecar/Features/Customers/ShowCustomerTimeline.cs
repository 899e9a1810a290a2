using Sidecar.Features.Customers.Changes;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Customers.Finding;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Customers;

/// <summary><c>/escalate customer timeline acme</c>: who changed what from what to what, and when (ALL-4).</summary>
internal sealed class ShowCustomerTimeline(CustomerStore book, PeopleDirectory people)
    : ISlashCommand
{
    private const int PageSize = 40;

    public static Permission Permission => CustomerRights.Read;

    public static CommandSpec Spec { get; } =
        new(
            "customer timeline",
            "Show what was changed about a customer",
            CustomerArguments.Whole,
            CustomerArguments.AfterEntry
        )
        {
            Examples = ["customer timeline acme"],
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var typed = call.Get(CustomerArguments.Whole)!;
        if (await book.Known(typed.Value, cancel) is not { } customer)
        {
            return await CustomerArguments.Unknown(book, call, typed, cancel);
        }

        var zone = await people.ZoneOf(call.Envelope.User, cancel);
        var after = call.Get(CustomerArguments.AfterEntry) ?? 0;
        var entries = await book.Timeline(customer.Key, after, PageSize + 1, cancel);
        if (entries.Count == 0 && after > 0)
        {
            return Reply.Say(Markdown.Of($"Timeline of {customer.Name}: that was all."));
        }

        var more =
            entries.Count > PageSize
                ? Markdown.Of(
                    $"\nMore: {Markdown.Code($"/{SlashCommand.Trigger} customer timeline {customer.Key} after {entries[PageSize - 1].Sequence}")}"
                )
                : Markdown.None;
        return Reply.Say(
            Markdown.Lines([
                Markdown.Of($"#### Timeline of {customer.Name}"),
                // Customers that came with an escalation have no entry of their own about it.
                entries is [{ Fact: CustomerFact.Added }, ..]
                || after > 0
                    ? Markdown.None
                    : Markdown.Of(
                        $"- {Times.At(customer.AddedAt, zone)}: {customer.AddedBy} added {customer.Name}."
                    ),
                .. entries
                    .Take(PageSize)
                    .Select(e => Markdown.Of($"- {Times.At(e.At, zone)}: {e.Fact.Sentence}")),
                more,
            ])
        );
    }
}
