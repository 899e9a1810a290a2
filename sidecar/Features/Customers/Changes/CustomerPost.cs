using Sidecar.Chat;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Customers.Fields;
using Sidecar.Features.Customers.Measures;
using Sidecar.Ids;
using Sidecar.Storage;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Customers.Changes;

/// <summary>
/// What goes with every change of a customer: facts, due times, and the news for its CE and TAM. Everybody gets one
/// message for all customers of one commit, so that an import does not send hundreds.
/// </summary>
internal sealed class CustomerPost(CustomerSettings settings, DateTimeOffset now)
{
    /// <summary>More would not be read, and one message could not hold them.</summary>
    private const int NewsAtOnce = 30;

    /// <summary>The kind of due times at which another target holds for a customer (MET-2).</summary>
    public const string TargetChanges = "customer.target";

    private readonly Dictionary<UserId, List<Markdown>> _news = [];

    /// <summary>Adds a customer to a change that may be about something else, too.</summary>
    /// <param name="change">Where it is added.</param>
    /// <param name="customer">With a key that is free.</param>
    /// <param name="by">Who adds it; null on the command line.</param>
    /// <param name="history">Its days, when it comes with some.</param>
    /// <param name="facts">What else happened to it at once.</param>
    public void Introduce(
        Change change,
        Customer customer,
        UserId? by,
        IReadOnlyList<Measurement>? history = null,
        IReadOnlyList<CustomerFact>? facts = null
    )
    {
        var bare = new Customer(customer.Key, customer.Name, customer.AddedAt, customer.AddedBy);
        var added = new CustomerFact.Added(
            by,
            customer.Name,
            CustomerFields.Differences(bare, customer)
        );
        change.Add(
            Customer.Kind,
            customer.Key.Value,
            File(change, customer, history, [added, .. facts ?? []])
        );
    }

    /// <summary>Notes what happened to a customer, and looks at its measures.</summary>
    /// <param name="change">Where it is noted.</param>
    /// <param name="customer">As it is from now on.</param>
    /// <param name="history">Its latest days, when something in them changed.</param>
    /// <param name="facts">What happened.</param>
    /// <returns>The customer to be written.</returns>
    public Customer File(
        Change change,
        Customer customer,
        IReadOnlyList<Measurement>? history,
        IReadOnlyList<CustomerFact> facts
    )
    {
        foreach (var fact in facts)
        {
            Record(change, customer, fact);
        }

        if (facts.Count > 0)
        {
            change.Due(Customer.Changed, customer.Key.Value, now);
        }

        change.Due(
            TargetChanges,
            customer.Key.Value,
            Adoption.NextStep(customer, customer.Today(now), settings) is { } day
                ? CalendarDay.Begins(day, customer.Zone)
                : null
        );
        if (customer.IsArchived)
        {
            return customer;
        }

        var measured = Measured.Of(customer, history, now, settings);
        var (standing, news) = measured.Since(customer.Standing);
        foreach (var item in news)
        {
            var text = measured.Tell(item, settings);
            Record(change, customer, new CustomerFact.Noticed(item, text));
            Announce(customer, text);
        }

        return customer with
        {
            Standing = standing,
        };
    }

    /// <summary>Queues the messages; the last thing before the commit.</summary>
    public void Send(Change change)
    {
        foreach (var (person, news) in _news)
        {
            var more =
                news.Count > NewsAtOnce
                    ? Markdown.Of(
                        $"And {news.Count - NewsAtOnce} more: {Markdown.Code($"/{SlashCommand.Trigger} customer list mine")}"
                    )
                    : Markdown.None;
            var text = Markdown.Lines([.. news.Take(NewsAtOnce), more]);
            change.Do(
                new Effect.TellPerson(person, text)
                {
                    About = "customers’ measures",
                    IsInternal = true,
                }
            );
        }
    }

    private static void Record(Change change, Customer customer, CustomerFact fact) =>
        change.Record(Customer.Subject(customer.Key), fact, CustomerFactJson.Default.CustomerFact);

    private void Announce(Customer customer, Markdown text)
    {
        var line = Markdown.Of(
            $"**{customer.Name}**: {text} {Markdown.Code($"/{SlashCommand.Trigger} customer show {customer.Key}")}"
        );
        foreach (
            var person in new[] { customer.CustomerEngineer, customer.TechnicalAccountManager }
                .OfType<UserId>()
                .Distinct()
        )
        {
            if (!_news.TryGetValue(person, out var lines))
            {
                _news[person] = lines = [];
            }

            lines.Add(line);
        }
    }
}
