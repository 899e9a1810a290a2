using Sidecar.Chat;
using Sidecar.Features.Customers.Changes;
using Sidecar.Features.Customers.Domain;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.Text;

namespace Sidecar.Features.Customers.Finding;

/// <summary>Parameters of the customers' commands, and what is said when they mean nobody.</summary>
internal static class CustomerArguments
{
    /// <summary>What is offered while a customer is typed.</summary>
    public const string Completed = "customers";

    private const string After = "after";

    /// <summary>A customer by key or name; what follows begins behind the longest name that there is.</summary>
    public static Parameter<CommandWord> One { get; } =
        Arguments.Word("customer", "Which customer? Write the key or the name.") with
        {
            Completes = Completed,
            TakesNames = true,
        };

    /// <summary>A customer by key or name, of all the words that are there.</summary>
    public static Parameter<CommandWord> Whole { get; } =
        new("customer", "<customer>", ReadWhole)
        {
            Hint = "Which customer? Write the key or the name.",
            Completes = Completed,
        };

    /// <summary>
    /// A customer in a form, by key or name. Whoever may read customers chooses from them; everybody can type one, and
    /// learns by typing nothing about who is one.
    /// </summary>
    public static DialogField Field(string name, string? preset, string help) =>
        new(name, "Customer", FieldKind.Sought)
        {
            Offers = Completed,
            TakesTyped = true,
            Default = preset,
            MaxLength = Customer.MaxNameLength,
            Help = help,
        };

    /// <summary>
    /// Whom such a field names: left untouched the customer for whom the form was opened, whatever they are called by now.
    /// </summary>
    /// <param name="form">What was sent.</param>
    /// <param name="field">Its name.</param>
    /// <param name="opened">The key of the customer for whom it was opened; empty for none.</param>
    public static string Meant<T>(Submission<T> form, string field, string opened)
        where T : notnull => opened.Length > 0 && !form.Changed(field) ? opened : form[field];

    /// <summary>Where the next page of a timeline begins.</summary>
    public static Parameter<long?> AfterEntry { get; } =
        new(
            After,
            "[after 123]",
            source =>
                source.Next is { IsQuoted: false } word && IsAfter(word)
                    ? TypedNumber.Whole(source.AfterNext?.Value ?? "") is { } entry
                        ? ReadArgument.Of<long?>(entry, taken: 2)
                        : ReadArgument.Wrong<long?>(
                            "After which entry? Copy the number from the end of the previous page."
                        )
                    : ReadArgument.Absent<long?>()
        )
        {
            IsOptional = true,
            Hint = "Copy the command from the end of the previous page.",
        };

    /// <summary>Where the next page of a list begins.</summary>
    public static Parameter<CommandWord> AfterCustomer { get; } =
        new(
            After,
            "[after <customer>]",
            source =>
                source.Next is { IsQuoted: false } word && IsAfter(word)
                    ? source.AfterNext is { } last
                        ? ReadArgument.Of(last, taken: 2)
                        : ReadArgument.Wrong<CommandWord>(
                            "After which customer? Copy the key from the end of the previous page."
                        )
                    : ReadArgument.Absent<CommandWord>()
        )
        {
            IsOptional = true,
            Hint = "Copy the command from the end of the previous page.",
        };

    /// <summary>Words up to the end, or up to “after”.</summary>
    public static ReadArgument<CommandWord> ReadWhole(ArgumentSource source)
    {
        var words = source.Line.Words;
        var end = source.At;
        while (end < words.Length && !(end > source.At && IsAfter(words[end])))
        {
            end++;
        }

        if (end == source.At)
        {
            return ReadArgument.Absent<CommandWord>();
        }

        var (first, last) = (words[source.At], words[end - 1]);
        return end == source.At + 1
            ? ReadArgument.Of<CommandWord>(first)
            : ReadArgument.Of<CommandWord>(
                new CommandWord(
                    UnseenMarks.Without(source.Line.Text[first.Start..last.End]),
                    first.Start,
                    last.End,
                    IsQuoted: false
                ),
                end - source.At
            );
    }

    /// <summary>
    /// Says that nobody is called so, with the line to send again for everybody who may have been meant. Who may not read
    /// customers is told no names: else the book could be tried out by two letters.
    /// </summary>
    public static async ValueTask<Reply> Unknown(
        CustomerStore book,
        CommandCall call,
        CommandWord typed,
        CancellationToken cancel
    )
    {
        if (!await book.MayRead(call.Envelope.User, cancel))
        {
            return Reply.No(new NoSuchCustomerForAll(typed.Value));
        }

        var line = call.Line;
        (typed, var meant) = await Meant(book, line, typed, cancel);
        if (meant.Count == 0)
        {
            return Reply.No(new NoSuchCustomer(typed.Value));
        }

        return Reply.Say(
            Markdown.Lines([
                Markdown.Of(
                    $"There is no customer “{typed.Value}”. Did you mean {(meant.Count == 1 ? "this one" : "one of these")}?"
                ),
                .. meant.Select(customer =>
                    Markdown.Of(
                        $"- {customer.Name}: {Markdown.Code(Instead(line, typed, customer.Key.Value))}"
                    )
                ),
            ])
        );
    }

    /// <summary>
    /// Who may be meant, and by which words: where a name of several is nobody's, its first word alone was read. Of longer
    /// ones the one counts that is nearest to a whole name.
    /// </summary>
    private static async ValueTask<(CommandWord Typed, IReadOnlyList<Customer> Meant)> Meant(
        CustomerStore book,
        CommandLine line,
        CommandWord typed,
        CancellationToken cancel
    )
    {
        var at = typed.IsQuoted ? -1 : line.Words.IndexOf(typed);
        var behind = at < 0 ? [] : line.Words[(at + 1)..].TakeWhile(w => !w.IsQuoted).ToList();
        (CommandWord Typed, Customer Named, int Distance)? nearest = null;
        foreach (var last in behind.Take(LongestName - 1))
        {
            var name = UnseenMarks.Without(line.Text[typed.Start..last.End]);
            var wanted = CustomerIndexes.Fold(name);
            foreach (var customer in await book.Nearest(name, cancel))
            {
                var whole = CustomerIndexes.Fold(customer.Name);
                if (
                    Spelling.Within(wanted, whole, whole.Length / 4) is { } distance
                    && (nearest is not { } other || distance < other.Distance)
                )
                {
                    nearest = (
                        new CommandWord(name, typed.Start, last.End, false),
                        customer,
                        distance
                    );
                }
            }
        }

        return nearest is { } found
            ? (found.Typed, [found.Named])
            : (typed, await book.Nearest(typed.Value, cancel));
    }

    // As many words are looked up for names that are known.
    private const int LongestName = 8;

    /// <summary>
    /// What stands under the field of a form when there is no such customer; like <see cref="Unknown"/> it names those
    /// that may be meant, to who may read customers. A program is told none: its token may not read them.
    /// </summary>
    public static async ValueTask<string> UnknownInForm(
        CustomerStore book,
        string typed,
        Envelope from,
        CancellationToken cancel
    )
    {
        var meant =
            !from.IsFromProgram && await book.MayRead(from.User, cancel)
                ? (await book.Nearest(typed, cancel)).Select(c => c.Name).ToList()
                : [];
        return meant.Count == 0
            ? $"There is no customer “{typed}”. Add it first: /{SlashCommand.Trigger} customer add"
            : $"There is no customer “{typed}”. Did you mean {string.Join(" or ", meant)}?";
    }

    /// <summary>The command with a word replaced.</summary>
    public static string Instead(CommandLine line, CommandWord word, string by) =>
        $"/{SlashCommand.Trigger} {line.Text[..word.Start]}{by}{line.Text[word.End..]}".TrimEnd();

    private static bool IsAfter(CommandWord word) => !word.IsQuoted && word.Says(After);
}
