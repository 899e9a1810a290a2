using System.Collections.Immutable;
using System.Globalization;
using Sidecar.Features.Customers;
using Sidecar.Features.Customers.Changes;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Customers.Editing;
using Sidecar.Features.Customers.Fields;
using Sidecar.Features.Customers.Finding;
using Sidecar.Features.Tokens;
using Sidecar.Ids;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Api.Resources;

/// <summary>Customers over the API (CUS-2): by the fields, readers and rights that forms and commands go by.</summary>
internal sealed class CustomerResource(
    Store store,
    CustomerStore customers,
    CustomerChanges changes,
    CustomerTyping typing,
    PeopleDirectory people,
    TimelinePages timelines,
    ApiAnswers answers,
    ApiCursor cursor,
    TimeProvider clock
)
{
    public const string Key = "key";
    private const string Query = "q";
    private const string Archived = "archived";

    public static ApiField KeyInPath { get; } =
        new(Key, FieldType.Text, "The customer's key.") { MaxLength = CustomerKey.MaxLength };

    private static readonly ImmutableArray<ApiField> Members =
    [
        .. CustomerFieldsOfApi.All.Select(f => f.Field),
    ];

    public static ImmutableArray<ApiOperation> Operations { get; } =
    [
        new("listCustomers", "GET", "/customers", "List customers", TokenScope.ReadCustomers)
        {
            Tag = "Customers",
            Description = "In the order of their names.",
            Query =
            [
                new(
                    Query,
                    FieldType.Text,
                    "Only those whose name or key has words that begin so; pages have 20 at the most then."
                )
                {
                    MaxLength = 100,
                },
                new(Archived, FieldType.Flag, "Only archived ones."),
                .. Paging.Fields,
            ],
            Result = ApiJson.Default.CustomerPage,
            Run = (parts, call, cancel) => Of(parts).List(call, cancel),
        },
        new("getCustomer", "GET", "/customers/{key}", "Read a customer", TokenScope.ReadCustomers)
        {
            Tag = "Customers",
            PathFields = [KeyInPath],
            Result = ApiJson.Default.CustomerView,
            Refusals = [404],
            Run = Read,
        },
        TimelinePages.Operation(
            "listCustomerTimeline",
            "/customers/{key}",
            "Show what was changed about a customer",
            TokenScope.ReadCustomers,
            "Customers",
            KeyInPath,
            (parts, call, cancel) => Of(parts).Timeline(call, cancel)
        ),
        new("addCustomer", "POST", "/customers", "Add a customer", TokenScope.WriteCustomers)
        {
            Tag = "Customers",
            Description = "Without a key it is made from the name.",
            Body =
            [
                new(Key, FieldType.Text, "The short word by which commands name it.")
                {
                    MaxLength = CustomerKey.MaxLength,
                },
                .. Members.Select(m => m.Name == "name" ? m with { IsRequired = true } : m),
            ],
            Success = 201,
            Result = ApiJson.Default.CustomerView,
            Refusals = [409, 422],
            Run = (parts, call, cancel) => Of(parts).Add(call, cancel),
            Again = (parts, call, cancel) => Of(parts).Added(call, cancel),
        },
        new(
            "changeCustomer",
            "PATCH",
            "/customers/{key}",
            "Change a customer",
            TokenScope.WriteCustomers
        )
        {
            Tag = "Customers",
            Description = "What is not sent stays as it is; null removes a value.",
            PathFields = [KeyInPath],
            Body = Members,
            Result = ApiJson.Default.CustomerView,
            Refusals = [404, 409, 422],
            Run = (parts, call, cancel) => Of(parts).Change(call, cancel),
        },
    ];

    private static CustomerResource Of(IServiceProvider parts) =>
        parts.GetRequiredService<CustomerResource>();

    /// <summary>How one stands now, for its reader.</summary>
    public static Task<ApiAnswer> Read(
        IServiceProvider parts,
        ApiCall call,
        CancellationToken cancel
    ) => Of(parts).Get(call, cancel);

    private async Task<ApiAnswer> List(ApiCall call, CancellationToken cancel)
    {
        if (await answers.WhyNot(CustomerRights.Read, call.User, cancel) is { } refused)
        {
            return refused;
        }

        var list = call[Archived] == "true" ? CustomerList.Archived : CustomerList.Active;
        var name = $"customers.{list.Filter}";
        if (call[Query] is { } query)
        {
            name = $"customers.like.{query}";
            if (await customers.Like(query, cancel) is not { } like)
            {
                return new ApiAnswer.OfValue(new ApiPage<CustomerView>([], null));
            }

            list = like;
        }

        if (cursor.Read(name, call, out var after) is { } wrong)
        {
            return wrong;
        }

        var page = list.Words.IsEmpty
            ? await store.List(Customer.Kind, list.Index, list.Prefix, after, call.Limit, cancel)
            : await customers.List(list, after, cancel);
        await answers.Know(
            page.Items.SelectMany(c => c.Value.Owners).Select(o => (UserId?)o),
            cancel
        );
        var next = cursor.Write(name, call.User, page.Next);
        return new ApiAnswer.OfValue(
            new ApiPage<CustomerView>([.. page.Items.Select(c => View(c.Value))], next)
        )
        {
            Next = next,
        };
    }

    public async Task<ApiAnswer> Get(ApiCall call, CancellationToken cancel)
    {
        // Whether there is such a customer is nothing for who may not read them (X4).
        if (await answers.WhyNot(CustomerRights.Read, call.User, cancel) is { } refused)
        {
            return refused;
        }

        return await customers.Read(new CustomerKey(call[Key]!), cancel) is { Value: var customer }
            ? new ApiAnswer.OfValue(await Shown(customer, cancel))
            : await answers.Of(new NoSuchCustomer(call[Key]!), cancel);
    }

    private async Task<ApiAnswer> Timeline(ApiCall call, CancellationToken cancel)
    {
        if (await answers.WhyNot(CustomerRights.Read, call.User, cancel) is { } refused)
        {
            return refused;
        }

        var key = new CustomerKey(call[Key]!);
        return await customers.Read(key, cancel) is null
            ? await answers.Of(new NoSuchCustomer(call[Key]!), cancel)
            : await timelines.Page(
                call,
                (before, limit, stop) => customers.LatestHistory(key, before, limit, stop),
                (fact, _) => fact.Sentence,
                cancel
            );
    }

    private async Task<ApiAnswer> Add(ApiCall call, CancellationToken cancel)
    {
        if (await answers.WhyNot(CustomerRights.Write, call.User, cancel) is { } refused)
        {
            return refused;
        }

        var (wanted, errors) = await Read(call, known: null, cancel);
        var name = wanted.GetValueOrDefault(CustomerFields.Name.Code, "");
        if (CustomerKey.Of(call[Key] is { Length: > 0 } typed ? typed : name) is not { } key)
        {
            errors.Add(new ApiError("/key", "Write the key with letters or digits."));
            key = default;
        }

        if (errors.Count > 0)
        {
            return ApiProblem.Unprocessable(errors);
        }

        if (await customers.Named(name, cancel) is { } named && named.Key != key)
        {
            return ApiProblem.Conflict($"There is a customer of that name already: {named.Key}.");
        }

        var customer = wanted.Aggregate(
            new Customer(key, name, clock.GetUtcNow(), call.User),
            (made, value) => CustomerFields.Coded(value.Key)!.With(made, value.Value)
        );
        if (await changes.Add(customer, call.Act, call.User, cancel) is { } taken)
        {
            return ApiProblem.Conflict($"The key {key} belongs to {taken.Name} already.");
        }

        return await Added(call, cancel);
    }

    private async Task<ApiAnswer> Added(ApiCall call, CancellationToken cancel) =>
        await answers.Made(call, Customer.Kind, cancel) is { } added
            ? new ApiAnswer.OfValue(await Shown(added, cancel))
            {
                Location = $"/customers/{Uri.EscapeDataString(added.Key.Value)}",
            }
            : ApiProblem.Conflict("Nothing was added.");

    private async Task<ApiAnswer> Change(ApiCall call, CancellationToken cancel)
    {
        // What is there is answered, so it takes both.
        if (
            (
                await answers.WhyNot(CustomerRights.Write, call.User, cancel)
                ?? await answers.WhyNot(CustomerRights.Read, call.User, cancel)
            ) is
            { } refused
        )
        {
            return refused;
        }

        var key = new CustomerKey(call[Key]!);
        if (await customers.Read(key, cancel) is not { Value: var seen })
        {
            return await answers.Of(new NoSuchCustomer(key.Value), cancel);
        }

        if (call.IsOutdated(await Shown(seen, cancel), ApiJson.Default.CustomerView))
        {
            return ApiProblem.ChangedSince;
        }

        var (wanted, errors) = await Read(call, seen, cancel);
        if (errors.Count > 0)
        {
            return ApiProblem.Unprocessable(errors);
        }

        var opened = wanted.Keys.ToDictionary(
            code => code,
            code => CustomerFields.Coded(code)!.Value(seen),
            StringComparer.Ordinal
        );
        var settled = new Dictionary<string, string>(StringComparer.Ordinal);
        FormMerge? merge = null;
        var decision = await changes.Decide(
            key,
            call.User,
            (customer, _) =>
            {
                merge = FormMerge.Of(opened, wanted, customer, settled);
                return merge.Contested.Length > 0 || merge.Mine.Length == 0
                    ? new Decision<Customer, CustomerFact>.Accepted(customer)
                    : new Decision<Customer, CustomerFact>.Accepted(
                        merge.Apply(customer),
                        new CustomerFact.Edited(call.User, merge.Mine)
                    );
            },
            also: null,
            cancel
        );
        return decision switch
        {
            Decision<Customer, CustomerFact>.Refused { Why: var why } => await answers.Of(
                why,
                cancel
            ),
            // What somebody else changed in between is theirs to keep until it was read.
            _ when merge is { Contested.IsEmpty: false } => ApiProblem.ChangedSince,
            _ => new ApiAnswer.OfValue(
                await Shown((await customers.Read(key, cancel))!.Value, cancel)
            ),
        };
    }

    private async ValueTask<(Dictionary<string, string> Wanted, List<ApiError> Errors)> Read(
        ApiCall call,
        Customer? known,
        CancellationToken cancel
    )
    {
        var today = CalendarDay.At(call.At, await people.ZoneOf(call.User, cancel));
        var wanted = new Dictionary<string, string>(StringComparer.Ordinal);
        var errors = new List<ApiError>();
        foreach (var (declared, field) in CustomerFieldsOfApi.All)
        {
            if (call[declared.Name] is not { } sent)
            {
                continue;
            }

            var typed = CustomerFieldsOfApi.Typed(field, sent);
            if (field.IsPerson && typed.Length > 0)
            {
                if (await answers.Meant(typed, cancel) is not { } person)
                {
                    errors.Add(new ApiError("/" + declared.Name, ApiAnswers.NobodyLikeThat));
                    continue;
                }

                typed = person.Value;
            }

            var reading =
                field == CustomerFields.Arr && typed.Length > 0
                    // A number is one already: nothing about it can be read in two ways.
                    ? FieldReading.Of(
                        Usd.Write(
                            decimal.Round(decimal.Parse(typed, CultureInfo.InvariantCulture), 2)
                        )
                    )
                    : await typing.OfForm(field, typed, today, cancel);
            if (reading.Problem is { } problem)
            {
                errors.Add(new ApiError("/" + declared.Name, problem));
            }
            else if (
                known is not null
                && field == CustomerFields.Name
                && await customers.Named(reading.Value, cancel) is { } other
                && other.Key != known.Key
            )
            {
                errors.Add(
                    new ApiError(
                        "/" + declared.Name,
                        $"There is a customer of that name already: {other.Key}."
                    )
                );
            }
            else
            {
                wanted[field.Code] = reading.Value;
            }
        }

        return (wanted, errors);
    }

    private async ValueTask<CustomerView> Shown(Customer customer, CancellationToken cancel)
    {
        await answers.Know(customer.Owners.Select(o => (UserId?)o), cancel);
        return View(customer);
    }

    private CustomerView View(Customer customer) =>
        new(
            customer.Key.Value,
            customer.Name,
            Text(CustomerFields.Phase, customer),
            customer.IsStrategic,
            customer.Arr,
            customer.ContractOn,
            customer.ProductionCompletedOn,
            customer.DeploymentMethod,
            customer.HostingProvider,
            Text(CustomerFields.Deployment, customer),
            customer.TimeZone,
            answers.Person(customer.CustomerEngineer),
            answers.Person(customer.TechnicalAccountManager),
            answers.Person(customer.CustomerSuccessManager),
            answers.Person(customer.AccountExecutive),
            customer.CrmLink,
            customer.SuccessLink,
            customer.TicketsLink,
            customer.DesignDocuments,
            View(customer.Figures.SeatsPurchased),
            View(customer.Figures.SeatsDeployed),
            View(customer.Figures.Mau),
            View(customer.Figures.Dau),
            customer.IsArchived,
            customer.AddedAt,
            customer.ChangedAt
        );

    private static FigureView? View(Counted? counted) =>
        counted is null ? null : new FigureView(counted.Count, counted.On);

    private static string? Text(CustomerField field, Customer customer) =>
        field.Value(customer) is { Length: > 0 } value ? value : null;
}
