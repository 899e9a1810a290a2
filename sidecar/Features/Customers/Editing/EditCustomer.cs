using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Customers.Finding;
using Sidecar.Features.Customers.Measuring;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Features.Customers.Editing;

/// <summary><c>/escalate customer edit acme [owners]</c>: one of the forms, filled with what is known (CUS-2).</summary>
internal sealed class EditCustomer(CustomerStore book, TimeProvider clock) : ISlashCommand
{
    private static readonly Parameter<EditTarget> Target = new(
        "customer",
        $"<customer> [{string.Join(" | ", CustomerForms.Words)}]",
        EditTarget.Read
    )
    {
        Hint = "Which customer? Write the key or the name.",
        Completes = CustomerArguments.Completed,
    };

    public static Permission Permission => CustomerRights.Write;

    public static CommandSpec Spec { get; } =
        new("customer edit", "Change a customer in a form", Target)
        {
            Examples =
            [
                "customer edit acme",
                "customer edit acme owners",
                "customer edit Acme Labs usage",
            ],
            Details =
                "`account` (also without a word): name, phase, strategic, ARR, contract date, time zone. `owners`: CE, TAM, CSM, AE. `deployment`: when production was completed, how and where it is deployed. `usage`: seats, MAU and DAU of a day. `links`: CRM, success platform, tickets, design documents.",
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var target = call.Get(Target)!;
        if (await book.Known(target.Customer.Value, cancel) is not { } customer)
        {
            return await CustomerArguments.Unknown(book, call, target.Customer, cancel);
        }

        if (target.Form == CustomerForms.Usage)
        {
            var now = clock.GetUtcNow();
            return MeasureForm.Open(customer, customer.Today(now), now);
        }

        return EditForm.Open(customer, CustomerForms.Called(target.Form)!);
    }
}

/// <summary>A customer and one of its forms, as typed.</summary>
internal sealed record EditTarget(CommandWord Customer, string Form)
{
    /// <summary>The last word names the form when it is not the only one; the name of a customer may have several words.</summary>
    public static ReadArgument<EditTarget> Read(ArgumentSource source)
    {
        var words = source.Line.Words;
        if (source.Next is null)
        {
            return ReadArgument.Absent<EditTarget>();
        }

        var named =
            words.Length > source.At + 1 && !words[^1].IsQuoted
                ? CustomerForms.Words.FirstOrDefault(form => words[^1].Says(form))
                : null;
        var line = named is null ? source.Line : source.Line with { Words = words[..^1] };
        var customer = CustomerArguments.ReadWhole(source with { Line = line });
        return ReadArgument.Of<EditTarget>(
            new EditTarget(customer.Value!, named ?? CustomerForms.Account.Word),
            words.Length - source.At
        );
    }
}
