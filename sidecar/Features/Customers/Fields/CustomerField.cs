using System.Collections.Immutable;
using Sidecar.Chat;
using Sidecar.Features.Customers.Domain;
using Sidecar.Text;

namespace Sidecar.Features.Customers.Fields;

/// <summary>
/// One thing that is known of a customer: how it is typed, kept and shown. Forms, one-line commands, files, the audit
/// trail and the merging of two people's changes are all made of these.
/// </summary>
/// <param name="Code">One word for commands; never changes, the audit trail keeps it.</param>
/// <param name="Label">Above the field of a form, and in sentences; at most 24 characters.</param>
/// <param name="Kind">How a form asks for it.</param>
internal sealed record CustomerField(string Code, string Label, FieldKind Kind)
{
    /// <summary>What else it may be called in commands and files.</summary>
    public ImmutableArray<string> Aliases { get; init; } = [];

    /// <summary>Its column in exported files.</summary>
    public string Column
    {
        get => field ?? Code;
        init;
    }

    /// <summary>Said below the field of a form; at most 150 characters.</summary>
    public string? Help { get; init; }

    /// <summary>A value that would be right, for the line that a refusal gives to send again.</summary>
    public required string Example { get; init; }

    /// <summary>Who is offered in a form, when it is a person; see <see cref="DialogField.Offers"/>.</summary>
    public string? Offers { get; init; }

    /// <summary>What can be chosen, when it is a choice.</summary>
    public ImmutableArray<ControlOption> Options { get; init; } = [];

    /// <summary>The longest text taken; null for the kind's own.</summary>
    public int? MaxLength { get; init; }

    /// <summary>It can be changed, but not taken away.</summary>
    public bool IsRequired { get; init; }

    /// <summary>What is kept of it, as text: a person's id, a date, a number. Empty when nobody has told.</summary>
    public required Func<Customer, string> Value { get; init; }

    /// <summary>The customer with another value, as <see cref="Value"/> writes it; empty takes it away.</summary>
    public required Func<Customer, string, Customer> With { get; init; }

    /// <summary>Understands what was typed, which is not empty.</summary>
    public required Func<string, DateOnly, FieldReading> Reader { get; init; }

    /// <summary>How people read a value that is not empty.</summary>
    public Func<string, Markdown> Shown { get; init; } = Markdown.Typed;

    /// <summary>How a form is filled with a value that is not empty.</summary>
    public Func<string, string> Filled { get; init; } = value => value;

    /// <summary>How a file holds a value that is not empty; people are looked up by whoever writes the file.</summary>
    public Func<string, string> Exported { get; init; } = value => value;

    /// <summary>It is a person: what is typed is an at-name, what is kept an id.</summary>
    public bool IsPerson => Kind == FieldKind.Person;

    /// <summary>Understands what was typed.</summary>
    /// <param name="typed">As typed; a person's id when it is a person.</param>
    /// <param name="today">The date where it was typed.</param>
    public FieldReading Read(string typed, DateOnly today)
    {
        // In prose marks that nobody sees have their place; in a name, a date or a number they have none.
        var text = (Kind == FieldKind.LongText ? typed : UnseenMarks.Without(typed)).Trim();
        if (text.Length == 0)
        {
            return IsRequired
                ? FieldReading.Wrong($"{Label} can’t be empty.")
                : FieldReading.Of("");
        }

        var reading = Reader(text, today);
        return reading.Problem is { } problem && text.Length > 60
            ? FieldReading.Wrong(
                problem.Replace(text, MarkdownEscaper.Shorten(text, 60), StringComparison.Ordinal)
            )
            : reading;
    }

    /// <summary>How people read its value in a customer, “not told” included.</summary>
    public Markdown Show(string value) => value.Length == 0 ? Markdown.Of($"–") : Shown(value);

    /// <summary>The field of a form, filled with a value.</summary>
    /// <param name="value">As <see cref="Value"/> writes it.</param>
    public DialogField Ask(string value) =>
        new(Code, Label, Kind)
        {
            Default = value.Length > 0 ? Filled(value) : null,
            Help = Kind == FieldKind.Day ? null : Help,
            HelpWhenTyped = Kind == FieldKind.Day ? Help : null,
            Optional = !IsRequired,
            MaxLength = MaxLength,
            Options = Options,
            Offers = Offers,
            NoneLabel = "Not known",
        };

    /// <summary>It is meant by a word of a command or by the heading of a column.</summary>
    public bool IsCalled(string typed) =>
        Same(typed, Code)
        || Same(typed, Column)
        || Same(typed, Label)
        || Aliases.Any(alias => Same(typed, alias));

    private static bool Same(string typed, string name) => BareName.Of(typed) == BareName.Of(name);
}

/// <summary>What was made of something typed: a value as it is kept, or what is wrong.</summary>
internal readonly record struct FieldReading(string Value, string? Problem)
{
    public static FieldReading Of(string value) => new(value, null);

    public static FieldReading Wrong(string problem) => new("", problem);
}
