using Sidecar.Features.Customers.Changes;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Customers.Finding;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.Customers.Editing;

using Decision = Decision<Customer, CustomerFact>;

/// <summary><c>/escalate customer archive acme</c>: kept, but not offered and not counted any more.</summary>
internal sealed class ArchiveCustomer(CustomerChanges desk, CustomerStore book) : ISlashCommand
{
    public static Permission Permission => CustomerRights.Archive;

    public static CommandSpec Spec { get; } =
        new("customer archive", "Archive a customer who has left", CustomerArguments.Whole)
        {
            Examples = ["customer archive acme"],
            Details =
                "It is not listed, suggested or counted any more; nothing about it is lost, and `customer unarchive` brings it back.",
        };

    public Task<Reply> Run(CommandCall call, CancellationToken cancel) =>
        Archiving.Run(
            book,
            call,
            key => Archive(key, call.Envelope.User, cancel),
            customer =>
                Markdown.Of(
                    $"{customer.Name} is archived. {Markdown.Code($"/{SlashCommand.Trigger} customer unarchive {customer.Key}")} brings it back."
                ),
            cancel
        );

    public Task<Decision> Archive(CustomerKey key, UserId by, CancellationToken cancel) =>
        desk.Decide(
            key,
            by,
            (customer, _) =>
                customer.IsArchived
                    ? new AlreadyArchived(customer)
                    : new Decision.Accepted(
                        customer with
                        {
                            IsArchived = true,
                        },
                        new CustomerFact.CustomerArchived(by)
                    ),
            also: null,
            cancel
        );
}

/// <summary><c>/escalate customer unarchive acme</c>.</summary>
internal sealed class UnarchiveCustomer(CustomerChanges desk, CustomerStore book) : ISlashCommand
{
    public static Permission Permission => CustomerRights.Archive;

    public static CommandSpec Spec { get; } =
        new("customer unarchive", "Bring back an archived customer", CustomerArguments.Whole)
        {
            Examples = ["customer unarchive acme"],
        };

    public Task<Reply> Run(CommandCall call, CancellationToken cancel) =>
        Archiving.Run(
            book,
            call,
            key => Restore(key, call.Envelope.User, cancel),
            customer => Markdown.Of($"{customer.Name} is back among the customers."),
            cancel
        );

    public Task<Decision> Restore(CustomerKey key, UserId by, CancellationToken cancel) =>
        desk.Decide(
            key,
            by,
            (customer, _) =>
                customer.IsArchived
                    ? new Decision.Accepted(
                        customer with
                        {
                            IsArchived = false,
                        },
                        new CustomerFact.Unarchived(by)
                    )
                    : new NotArchived(customer),
            also: null,
            cancel
        );
}

/// <summary>The way of both.</summary>
internal static class Archiving
{
    public static async Task<Reply> Run(
        CustomerStore book,
        CommandCall call,
        Func<CustomerKey, Task<Decision>> decide,
        Func<Customer, Markdown> done,
        CancellationToken cancel
    )
    {
        var typed = call.Get(CustomerArguments.Whole)!;
        if (await book.Known(typed.Value, cancel) is not { } customer)
        {
            return await CustomerArguments.Unknown(book, call, typed, cancel);
        }

        return await decide(customer.Key) switch
        {
            Decision.Accepted accepted => Reply.Say(done(accepted.Next)),
            Decision.Refused refused => Reply.No(refused.Why),
            _ => Reply.Nothing,
        };
    }
}
