using Sidecar.Features.AgendaItems;
using Sidecar.Features.Customers.Changes;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Customers.Finding;
using Sidecar.Features.Customers.Measures;
using Sidecar.Storage;
using Sidecar.Text;

namespace Sidecar.Features.Customers;

using Decision = Decision<Customer, CustomerFact>;

/// <summary>
/// Customers above the line of ARR who are behind their adoption target (WEEK-1). Of the line nothing is said, and they
/// stand by their names: what they pay is not for everybody who reads an agenda.
/// </summary>
internal sealed class CustomersOnAgenda(
    CustomerStore book,
    CustomerChanges desk,
    CustomerSettings settings
) : IAgendaSource
{
    private const string Prefix = "customer:";

    public async ValueTask<IReadOnlyList<AgendaSection>> Sections(
        AgendaReader reader,
        CancellationToken cancel
    )
    {
        var behind = new List<(Customer Customer, Adoption Adoption)>();
        await foreach (var customer in book.AboveTheLine(settings, cancel))
        {
            var adoption = Adoption.Of(customer, customer.Today(reader.Now), settings);
            if (adoption.Verdict == Verdict.Missed)
            {
                behind.Add((customer, adoption));
            }
        }

        return
        [
            new AgendaSection(
                50,
                "Customers behind their adoption target",
                [
                    .. behind
                        .OrderBy(b => CustomerIndexes.Fold(b.Customer.Name), StringComparer.Ordinal)
                        .Select(b => Item(b.Customer, b.Adoption)),
                ]
            ),
        ];
    }

    public bool Has(string about) => about.StartsWith(Prefix, StringComparison.Ordinal);

    public async Task<Refusal?> Keep(
        string about,
        MeetingNote note,
        string act,
        Func<Change, CancellationToken, ValueTask> also,
        CancellationToken cancel
    ) =>
        await desk.Decide(
            new CustomerKey(about[Prefix.Length..]),
            note.By,
            (customer, _) =>
                new Decision.Accepted(customer, new CustomerFact.CustomerInMeeting(note)),
            also: null,
            cancel,
            also,
            act
        )
            is Decision.Refused { Why: var why }
            ? why
            : null;

    private static AgendaItem Item(Customer customer, Adoption adoption)
    {
        var share = PercentageOf.Show(adoption.Percent ?? 0).ToString();
        return new AgendaItem(
            Customer.Subject(customer.Key),
            customer.Name,
            Markdown.Of(
                $"**{customer.Name}**: {share} of the seats in use, the target for day {adoption.Day ?? 0} is {PercentageOf.Show(adoption.Target ?? 0)}{(customer.CustomerEngineer is { } ce ? Markdown.Of($" · CE {ce}") : Markdown.None)}{(customer.TechnicalAccountManager is { } tam ? Markdown.Of($" · TAM {tam}") : Markdown.None)}"
            ),
            share
        );
    }
}
