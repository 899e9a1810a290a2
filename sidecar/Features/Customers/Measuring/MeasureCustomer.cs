using System.Collections.Immutable;
using Sidecar.Features.Customers.Changes;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Customers.Fields;
using Sidecar.Features.Customers.Finding;
using Sidecar.Features.Customers.Measures;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Customers.Measuring;

using Decision = Decision<Customer, CustomerFact>;

/// <summary><c>/escalate customer measure acme seats 450/500 mau 300 dau 120 on 2026-01-31</c>.</summary>
internal sealed class MeasureCustomer(
    CustomerChanges desk,
    CustomerStore book,
    CustomerSettings settings,
    TimeProvider clock
) : ISlashCommand
{
    private static readonly Parameter<string> Figures = new(
        "figures",
        "[seats 450/500] [mau 300] [dau 120] [on 2026-01-31]",
        Arguments.Rest("figures", "").Reader
    )
    {
        IsOptional = true,
        IsText = true,
        Hint = $"Which figures? Write them as in `{MeasurementLine.Example}`.",
    };

    public static Permission Permission => CustomerRights.Write;

    public static CommandSpec Spec { get; } =
        new(
            "customer measure",
            "Record seats, MAU and DAU of a customer",
            CustomerArguments.One,
            Figures
        )
        {
            Examples =
            [
                $"customer measure acme {MeasurementLine.Example}",
                "customer measure acme mau 310",
            ],
            Details =
                "In any order; what you leave out stays as it is. `seats 450/500`: 450 deployed of 500 purchased; `deployed 450` or `purchased 500` names one of them. Without `on` it is the customer's today. Recorded again for the same day, a figure is corrected; `none` removes it. More seats deployed than purchased is asked about; `anyway` at the end says that it is so. Without figures the form opens.",
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var typed = call.Get(CustomerArguments.One)!;
        if (await book.Known(typed.Value, cancel) is not { } customer)
        {
            return await CustomerArguments.Unknown(book, call, typed, cancel);
        }

        var now = clock.GetUtcNow();
        var today = customer.Today(now);
        if (call.Get(Figures) is not { } figures)
        {
            return MeasureForm.Open(customer, today, now);
        }

        var (draft, problem) = MeasurementLine.Read(figures, today);
        if (draft is null)
        {
            return Reply.Say(
                Markdown.Of(
                    $"{Markdown.Sentence(problem!)}\nFor example: {Markdown.Code($"/{SlashCommand.Trigger} customer measure {customer.Key} {MeasurementLine.Example}")}\n{CommandParser.YouTyped(call.Line)}"
                )
            );
        }

        return await desk.Record(customer.Key, call.Envelope.User, draft, cancel) switch
        {
            Decision.Accepted accepted => Reply.Say(Recorded(accepted, draft)),
            Decision.Refused refused => Reply.Say(
                Markdown.Of($"{refused.Why.Sentence}\n{CommandParser.YouTyped(call.Line)}")
            ),
            _ => Reply.Nothing,
        };
    }

    private Markdown Recorded(Decision.Accepted accepted, MeasurementDraft draft)
    {
        var customer = accepted.Next;
        var day = CalendarDay.Write(draft.On);
        return accepted.Facts.OfType<CustomerFact.Recorded>().FirstOrDefault() is not { } fact
            ? Markdown.Of($"All of that was recorded already for {customer.Name} on {day}.")
            : Markdown.Lines([
                Markdown.Of(
                    $"Recorded for {customer.Name} on {day}: {MeasureWords.Of(fact.Figures)}. {Now(customer)}"
                ),
                FieldWords.Archived(customer),
            ]);
    }

    private Markdown Now(Customer customer)
    {
        var measured = Measured.Of(customer, null, clock.GetUtcNow(), settings);
        var adoption = measured.Adoption is { Percent: { } percent, Target: { } target }
            ? Markdown.Of(
                $"Adoption {PercentageOf.Show(percent)}, target {PercentageOf.Show(target)}: {MeasureWords.Of(measured.Adoption.Verdict)}."
            )
            : Markdown.Of(
                $"Adoption is not known without {string.Join(" and ", measured.Adoption.Lacks.DefaultIfEmpty("its first day in production"))}."
            );
        var usage = measured.Usage.Percent is { } share
            ? Markdown.Of(
                $" Usage {PercentageOf.Show(share)}: {MeasureWords.Of(measured.Usage.Verdict, "healthy", "not healthy")}."
            )
            : Markdown.None;
        return Markdown.Of($"{adoption}{usage}");
    }
}
