using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Customers.Measures;
using Sidecar.Text;

namespace Sidecar.Features.Customers.Changes;

internal sealed record NoSuchCustomer(string Typed)
    : Refusal(
        Markdown.Of(
            $"There is no customer “{Typed}”. {Markdown.Code($"/{SlashCommand.Trigger} customer list")} shows all that there are."
        )
    );

/// <summary>
/// The same for who may not read customers: it names none, and is as true of one that there is and that they may not
/// know of.
/// </summary>
internal sealed record NoSuchCustomerForAll(string Typed)
    : Refusal(
        Markdown.Of(
            $"There is no customer “{Typed}” that I may tell you about. Write the key or the whole name, as whoever works with the customer writes it."
        )
    );

internal sealed record AlreadyArchived(Customer Customer)
    : Refusal(Markdown.Of($"{Customer.Name} is archived already."));

internal sealed record NotArchived(Customer Customer)
    : Refusal(Markdown.Of($"{Customer.Name} is not archived."));

internal sealed record Contradictory(Measurement Day)
    : Refusal(Markdown.Typed(MeasurementDraft.Contradiction(Day) ?? ""));

/// <summary>More seats deployed than purchased: can be so, and is asked about.</summary>
internal sealed record MoreThanBought(string Problem)
    : Refusal(
        Markdown.Of(
            $"{Markdown.Sentence(Problem)} If that is right, write {Markdown.Code(MeasurementDraft.Anyway)} at the end."
        )
    );
