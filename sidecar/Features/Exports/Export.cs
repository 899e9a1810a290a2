using System.Runtime.CompilerServices;
using Sidecar.Csv;
using Sidecar.Ids;
using Sidecar.People;
using Sidecar.Storage;

namespace Sidecar.Features.Exports;

/// <summary>A table that can be taken out as a file.</summary>
/// <param name="Name">In commands, and the beginning of the file's name: <c>customers</c>.</param>
/// <param name="What">Within a sentence: <c>all customers</c>.</param>
/// <param name="Permission">Who may have it.</param>
internal abstract record Export(string Name, string What, Permission Permission)
{
    /// <summary>Writes all of it as it goes; nothing of it is held in memory but a page.</summary>
    /// <returns>How many rows.</returns>
    public abstract Task<long> Write(
        Store store,
        ExportedNames names,
        Stream to,
        CancellationToken cancel
    );
}

/// <summary>A table with rows of a kind.</summary>
/// <param name="Name">See <see cref="Export"/>.</param>
/// <param name="What">See <see cref="Export"/>.</param>
/// <param name="Permission">See <see cref="Export"/>.</param>
/// <param name="Columns">From left to right.</param>
/// <param name="Pages">The rows, a page at a time.</param>
internal sealed record Export<T>(
    string Name,
    string What,
    Permission Permission,
    IReadOnlyList<ExportColumn<T>> Columns,
    Func<Store, CancellationToken, IAsyncEnumerable<IReadOnlyList<T>>> Pages
) : Export(Name, What, Permission)
{
    public override Task<long> Write(
        Store store,
        ExportedNames names,
        Stream to,
        CancellationToken cancel
    ) =>
        CsvTable.Write(
            to,
            [.. Columns.SelectMany(c => c.Written(names))],
            Rows(store, names, cancel),
            cancel
        );

    private async IAsyncEnumerable<T> Rows(
        Store store,
        ExportedNames names,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        await foreach (var page in Pages(store, cancel))
        {
            await names.Learn(
                page.SelectMany(row => Columns.SelectMany(c => c.People(row))),
                cancel
            );
            foreach (var row in page)
            {
                yield return row;
            }
        }
    }
}

/// <summary>What a table shows of each row: a value, or a person by name and id.</summary>
internal sealed class ExportColumn<T>
{
    private readonly string _name;
    private readonly Func<T, CsvCell>? _cell;
    private readonly Func<T, UserId?>? _person;

    /// <param name="name">Lower case, underscores between words.</param>
    /// <param name="cell">What a row has there.</param>
    public ExportColumn(string name, Func<T, CsvCell> cell) => (_name, _cell) = (name, cell);

    /// <summary>Two columns: the user name as it is now, and the id, which stays.</summary>
    /// <param name="name">Of the first; the second is called the same with <c>_id</c>.</param>
    /// <param name="person">Who.</param>
    public ExportColumn(string name, Func<T, UserId?> person) => (_name, _person) = (name, person);

    /// <summary>Whose names must be known before a row is written.</summary>
    public IEnumerable<UserId> People(T row) => _person?.Invoke(row) is { } person ? [person] : [];

    /// <summary>The columns of the file.</summary>
    public IEnumerable<CsvColumn<T>> Written(ExportedNames names)
    {
        if (_cell is not null)
        {
            return [new CsvColumn<T>(_name, _cell)];
        }

        return
        [
            new CsvColumn<T>(_name, row => _person!(row) is { } who ? names.Of(who) : null),
            new CsvColumn<T>(_name + "_id", row => _person!(row)?.Value),
        ];
    }
}

/// <summary>User names for an export, each looked up once.</summary>
/// <param name="find">The user name behind an id; null when nobody knows it.</param>
internal sealed class ExportedNames(Func<UserId, CancellationToken, ValueTask<string?>> find)
{
    private readonly Dictionary<UserId, string?> _names = [];

    public async ValueTask Learn(IEnumerable<UserId> people, CancellationToken cancel)
    {
        foreach (var person in people)
        {
            if (!_names.ContainsKey(person))
            {
                _names[person] = await find(person, cancel);
            }
        }
    }

    /// <summary>A name made known before.</summary>
    public string? Of(UserId person) => _names.GetValueOrDefault(person);

    /// <summary>From the directory, which asks Mattermost for whom it does not know.</summary>
    public static ExportedNames From(PeopleDirectory people) =>
        new(
            async (person, cancel) =>
            {
                await people.Know([person], cancel);
                return people.NameOf(person);
            }
        );

    /// <summary>As far as the store knows them.</summary>
    public static ExportedNames From(Store store) =>
        new(
            async (person, cancel) =>
                (await store.Find(KnownPerson.Kind, person.Value, cancel))?.Value.Username
        );
}
