using System.Globalization;
using Sidecar.Chat;
using Sidecar.Features.Customers.Domain;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Customers.Fields;

/// <summary>The kinds of field that a customer has: how what is typed becomes what is kept.</summary>
internal static class FieldReaders
{
    private const int MaxLineLength = 80;
    private const int MaxDesigns = 30;

    /// <summary>What fits into the field of a form.</summary>
    public const int MaxDesignsLength = 3000;

    public static FieldReading Name(string typed, DateOnly today) =>
        !TextLength.Fits(typed, Customer.MaxNameLength)
            ? FieldReading.Wrong(
                $"A customer’s name takes {Customer.MaxNameLength} characters; yours has {TextLength.Told(typed, Customer.MaxNameLength)}."
            )
        : CustomerKey.Of(typed) is null
            ? FieldReading.Wrong("Name the customer with letters or digits.")
        : FieldReading.Of(OneLine(typed));

    public static FieldReading YesNo(string typed, DateOnly today) =>
        TypedYesNo.Read(typed) switch
        {
            true => FieldReading.Of("yes"),
            false => FieldReading.Of(""),
            null when typed.Equals("strategic", StringComparison.OrdinalIgnoreCase) =>
                FieldReading.Of("yes"),
            null => FieldReading.Wrong($"“{typed}” is neither yes nor no."),
        };

    public static FieldReading Usd(string typed, DateOnly today) =>
        Sidecar.Text.Usd.Read(typed, out var problem) is { } amount
            ? FieldReading.Of(Sidecar.Text.Usd.Write(amount))
            : FieldReading.Wrong(problem);

    public static FieldReading Links(string typed, DateOnly today)
    {
        var links = typed
            .Split([' ', '\n', '\r', '\t', ','], StringSplitOptions.RemoveEmptyEntries)
            .Select(WebLink.Bare)
            .Where(link => link.Length > 0)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        if (links.Count > MaxDesigns)
        {
            return FieldReading.Wrong(
                $"{MaxDesigns} documents can be listed; these are {links.Count}. List the folder instead."
            );
        }

        foreach (var link in links)
        {
            if (WebLink.Read(link, out var problem) is null)
            {
                return FieldReading.Wrong(problem);
            }
        }

        var kept = string.Join('\n', links);
        return kept.Length <= MaxDesignsLength
            ? FieldReading.Of(kept)
            : FieldReading.Wrong(
                $"The addresses take {MaxDesignsLength} characters together; these have {kept.Length}. List the folder instead."
            );
    }

    public static CustomerField Choice<T>(
        string code,
        string label,
        IReadOnlyList<(T Value, string Code, string Label)> choices,
        Func<Customer, T?> value,
        Func<Customer, T?, Customer> with
    )
        where T : struct, Enum =>
        new(code, label, FieldKind.Choice)
        {
            Example = choices[0].Code,
            Options = [.. choices.Select(c => new ControlOption(c.Label, c.Code))],
            Value = customer =>
                value(customer) is { } known ? choices.First(c => c.Value.Equals(known)).Code : "",
            With = (customer, text) =>
                with(
                    customer,
                    choices.Where(c => c.Code == text).Select(c => (T?)c.Value).FirstOrDefault()
                ),
            Reader = (typed, _) =>
                typed == CustomerFields.NotTold ? FieldReading.Of("")
                : choices
                    .Where(c => ChoiceWords.Is(typed, c.Code, c.Label))
                    .Select(c => c.Code)
                    .FirstOrDefault()
                    is { } chosen
                    ? FieldReading.Of(chosen)
                : FieldReading.Wrong(
                    $"“{typed}” is not a choice: write {string.Join(" or ", choices.Select(c => c.Code))}."
                ),
            Shown = text => Markdown.Typed(choices.First(c => c.Code == text).Label),
        };

    public static CustomerField Date(
        string code,
        string label,
        Func<Customer, DateOnly?> value,
        Func<Customer, DateOnly?, Customer> with
    ) =>
        new(code, label, FieldKind.Day)
        {
            Help = $"As in {CalendarDay.Examples}.",
            Example = "2026-01-31",
            MaxLength = 40,
            Value = customer => value(customer) is { } day ? CalendarDay.Write(day) : "",
            With = (customer, text) => with(customer, CalendarDay.ReadWritten(text)),
            Reader = (typed, today) =>
                CalendarDay.Read(typed, today, out var problem) is { } day
                    ? FieldReading.Of(CalendarDay.Write(day))
                    : FieldReading.Wrong(problem),
        };

    public static CustomerField Line(
        string code,
        string label,
        string example,
        Func<Customer, string?> value,
        Func<Customer, string?, Customer> with
    ) =>
        new(code, label, FieldKind.Text)
        {
            Example = example,
            MaxLength = MaxLineLength,
            Value = customer => value(customer) ?? "",
            With = (customer, text) => with(customer, OrNull(text)),
            Reader = (typed, _) =>
                !TextLength.Fits(typed, MaxLineLength)
                    ? FieldReading.Wrong(
                        $"{label} takes {MaxLineLength} characters; yours has {TextLength.Told(typed, MaxLineLength)}."
                    )
                    : FieldReading.Of(OneLine(typed)),
        };

    public static CustomerField Person(
        string code,
        string label,
        Role role,
        Func<Customer, UserId?> value,
        Func<Customer, UserId?, Customer> with
    ) =>
        new(code, label, FieldKind.Person)
        {
            Aliases = [role.Label()],
            Offers = OfferSource.PeopleWith(role),
            Example = "@" + code,
            Value = customer => value(customer)?.Value ?? "",
            With = (customer, text) =>
                with(customer, text.Length > 0 ? new UserId(text) : (UserId?)null),
            Reader = (typed, _) => FieldReading.Of(typed),
            Shown = text => Markdown.Of($"{new UserId(text)}"),
        };

    public static CustomerField Link(
        string code,
        string label,
        string column,
        Func<Customer, string?> value,
        Func<Customer, string?, Customer> with
    ) =>
        new(code, label, FieldKind.LongText)
        {
            Column = column,
            Help = "The address of its page, with https://.",
            Example = $"https://{code}.example.com/acme",
            MaxLength = WebLink.MaxLength,
            Value = customer => value(customer) ?? "",
            With = (customer, text) => with(customer, OrNull(text)),
            Reader = (typed, _) =>
                WebLink.Read(typed, out var problem) is { } link
                    ? FieldReading.Of(link)
                    : FieldReading.Wrong(problem),
        };

    public static decimal Amount(string kept) =>
        decimal.Parse(kept, NumberStyles.Number, CultureInfo.InvariantCulture);

    public static string? OrNull(string text) => text.Length > 0 ? text : null;

    private static string OneLine(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
