using System.Collections.Immutable;
using System.Globalization;
using Sidecar.Features.Customers.Changes;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Customers.Editing;
using Sidecar.Features.Customers.Finding;
using Sidecar.Features.Customers.Measures;
using Sidecar.Features.Tokens;
using Sidecar.People;
using Sidecar.Text;

namespace Sidecar.Api.Resources;

using Decision = Decision<Customer, CustomerFact>;

/// <summary>Customers put away and brought back, and their figures recorded, over the API (CUS-2, MET-4).</summary>
internal sealed class CustomerWrites(
    CustomerStore customers,
    CustomerChanges changes,
    ArchiveCustomer archive,
    UnarchiveCustomer restore,
    CustomerResource reads,
    ApiAnswers answers
)
{
    private const string On = "on";
    private const string Anyway = "evenIfMoreThanBought";

    private static readonly ImmutableArray<(string Member, Figure Of)> Counts =
    [
        ("seatsPurchased", Figure.SeatsPurchased),
        ("seatsDeployed", Figure.SeatsDeployed),
        ("mau", Figure.Mau),
        ("dau", Figure.Dau),
    ];

    public static ImmutableArray<ApiOperation> Operations { get; } =
    [
        new(
            "archiveCustomer",
            "POST",
            "/customers/{key}/archive",
            "Archive a customer who has left",
            TokenScope.WriteCustomers
        )
        {
            Tag = "Customers",
            Description = "Nothing about it is lost.",
            PathFields = [CustomerResource.KeyInPath],
            Result = ApiJson.Default.CustomerView,
            Refusals = [404, 409],
            Run = (parts, call, cancel) => Of(parts).Archive(call, cancel),
            Again = CustomerResource.Read,
        },
        new(
            "restoreCustomer",
            "POST",
            "/customers/{key}/restore",
            "Bring back an archived customer",
            TokenScope.WriteCustomers
        )
        {
            Tag = "Customers",
            PathFields = [CustomerResource.KeyInPath],
            Result = ApiJson.Default.CustomerView,
            Refusals = [404, 409],
            Run = (parts, call, cancel) => Of(parts).Restore(call, cancel),
            Again = CustomerResource.Read,
        },
        new(
            "recordFigures",
            "POST",
            "/customers/{key}/figures",
            "Record seats, MAU and DAU of a customer",
            TokenScope.WriteCustomers
        )
        {
            Tag = "Customers",
            Description =
                "What is not sent stays as it is; null takes away what was recorded for that day.",
            PathFields = [CustomerResource.KeyInPath],
            Body =
            [
                new(
                    On,
                    FieldType.Day,
                    "When it was counted; the customer's today unless it is sent."
                ),
                .. Counts.Select(c => new ApiField(
                    c.Member,
                    FieldType.Integer,
                    $"{c.Of.Kind().Label}."
                )
                {
                    CanBeNull = true,
                    Max = Measurement.Largest,
                }),
                new(Anyway, FieldType.Flag, "More seats are deployed than were purchased."),
            ],
            Result = ApiJson.Default.CustomerView,
            Refusals = [404, 409, 422],
            Run = (parts, call, cancel) => Of(parts).Record(call, cancel),
            Again = CustomerResource.Read,
        },
    ];

    private static CustomerWrites Of(IServiceProvider parts) =>
        parts.GetRequiredService<CustomerWrites>();

    private async Task<ApiAnswer> Archive(ApiCall call, CancellationToken cancel)
    {
        var (found, problem) = await Find(call, CustomerRights.Archive, cancel);
        return problem is not null
            ? problem
            : await Answer(await archive.Archive(found!.Key, call.User, cancel), call, cancel);
    }

    private async Task<ApiAnswer> Restore(ApiCall call, CancellationToken cancel)
    {
        var (found, problem) = await Find(call, CustomerRights.Archive, cancel);
        return problem is not null
            ? problem
            : await Answer(await restore.Restore(found!.Key, call.User, cancel), call, cancel);
    }

    private async Task<ApiAnswer> Record(ApiCall call, CancellationToken cancel)
    {
        var (found, problem) = await Find(call, CustomerRights.Write, cancel);
        if (problem is not null)
        {
            return problem;
        }

        var today = found!.Today(call.At);
        var on = call[On] is { } day
            ? DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture)
            : today;
        if (on > today)
        {
            return ApiProblem.Unprocessable(On, "That day has not come yet where the customer is.");
        }

        var counts = Counts
            .Where(c => call[c.Member] is not null)
            .ToImmutableDictionary(
                c => c.Of,
                c =>
                    call[c.Member] is { Length: > 0 } count
                        ? long.Parse(count, CultureInfo.InvariantCulture)
                        : (long?)null
            );
        if (counts.IsEmpty)
        {
            return ApiProblem.Unprocessable(Counts[0].Member, "Send at least one of the figures.");
        }

        return await changes.Record(
            found.Key,
            call.User,
            new MeasurementDraft(on, counts) { IsBeyondSeats = call[Anyway] == "true" },
            cancel
        ) switch
        {
            Decision.Refused { Why: Contradictory why } => ApiProblem.Unprocessable(
                "dau",
                await answers.Plain(why.Sentence, cancel)
            ),
            Decision.Refused { Why: MoreThanBought why } => ApiProblem.Unprocessable(
                "seatsDeployed",
                $"{why.Problem} If that is right, send {Anyway}: true."
            ),
            var decision => await Answer(decision, call, cancel),
        };
    }

    /// <summary>The customer that an address names, for who may change it: what is there is answered, so it takes both.</summary>
    private async ValueTask<(Customer? Found, ApiProblem? Problem)> Find(
        ApiCall call,
        Permission permission,
        CancellationToken cancel
    )
    {
        if (
            (
                await answers.WhyNot(permission, call.User, cancel)
                ?? await answers.WhyNot(CustomerRights.Read, call.User, cancel)
            ) is
            { } refused
        )
        {
            return (null, refused);
        }

        var key = call[CustomerResource.Key]!;
        return await customers.Read(new CustomerKey(key), cancel) is { Value: var customer }
            ? (customer, null)
            : (null, await answers.Of(new NoSuchCustomer(key), cancel));
    }

    private async ValueTask<ApiAnswer> Answer(
        Decision decision,
        ApiCall call,
        CancellationToken cancel
    ) => await answers.Of(decision, cancel) is { } why ? why : await reads.Get(call, cancel);
}
