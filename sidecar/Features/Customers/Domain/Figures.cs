using System.Collections.Immutable;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Customers.Domain;

/// <summary>A figure, and on which day it was counted.</summary>
internal sealed record Counted(long Count, DateOnly On);

/// <summary>The latest of every figure of a customer; each has its own day.</summary>
internal sealed record Figures
{
    public static Figures None { get; } = new();

    public Counted? SeatsPurchased { get; init; }

    public Counted? SeatsDeployed { get; init; }

    public Counted? Mau { get; init; }

    public Counted? Dau { get; init; }

    public Counted? this[Figure figure] =>
        figure switch
        {
            Figure.SeatsPurchased => SeatsPurchased,
            Figure.SeatsDeployed => SeatsDeployed,
            Figure.Mau => Mau,
            _ => Dau,
        };

    public Figures With(Figure figure, Counted? counted) =>
        figure switch
        {
            Figure.SeatsPurchased => this with { SeatsPurchased = counted },
            Figure.SeatsDeployed => this with { SeatsDeployed = counted },
            Figure.Mau => this with { Mau = counted },
            _ => this with { Dau = counted },
        };

    /// <summary>The latest of every figure in a history that is complete, in any order.</summary>
    public static Figures Of(IEnumerable<Measurement> history) =>
        history.OrderBy(m => m.On).Aggregate(None, (latest, m) => latest.After(m));

    /// <summary>
    /// After a day was recorded. A day before the latest changes nothing. When a figure is taken away from the very day
    /// on which it was the latest, only the whole history can tell what is the latest now: see <see cref="Loses"/>.
    /// </summary>
    public Figures After(Measurement measured) =>
        FigureKinds.All.Aggregate(
            this,
            (latest, figure) =>
                measured[figure] is { } count
                && (latest[figure] is not { } known || known.On <= measured.On)
                    ? latest.With(figure, new Counted(count, measured.On))
                    : latest
        );

    /// <summary>A figure that is the latest of its kind is not in that day any more.</summary>
    public bool Loses(Measurement measured) =>
        FigureKinds.All.Any(figure => this[figure]?.On == measured.On && measured[figure] is null);
}

/// <summary>How a figure is typed, kept and read.</summary>
/// <param name="Figure">Which.</param>
/// <param name="Code">One word for commands, facts and forms.</param>
/// <param name="Column">Its column in files.</param>
/// <param name="Label">How people read it.</param>
internal sealed record FigureKind(Figure Figure, string Code, string Column, string Label)
{
    /// <summary>What else it may be called.</summary>
    public ImmutableArray<string> Aliases { get; init; } = [];

    public bool IsCalled(string typed) =>
        BareName.Of(typed) is var bare
        && Aliases.Append(Code).Append(Column).Append(Label).Any(name => BareName.Of(name) == bare);
}

/// <summary>The kinds of figures.</summary>
internal static class FigureKinds
{
    public static ImmutableArray<Figure> All { get; } =
    [Figure.SeatsPurchased, Figure.SeatsDeployed, Figure.Mau, Figure.Dau];

    public static ImmutableArray<FigureKind> Named { get; } =
    [
        new(Figure.SeatsPurchased, "purchased", "seats_purchased", "Seats purchased")
        {
            Aliases = ["licensed", "bought"],
        },
        new(Figure.SeatsDeployed, "deployed", "seats_deployed", "Seats deployed"),
        new(Figure.Mau, "mau", "mau", "MAU") { Aliases = ["monthly", "monthly active users"] },
        new(Figure.Dau, "dau", "dau", "DAU") { Aliases = ["daily", "daily active users"] },
    ];

    public static FigureKind Kind(this Figure figure) => Named.First(k => k.Figure == figure);

    /// <summary>A count as people read it: <c>1,200</c>.</summary>
    public static string Show(long count) =>
        count.ToString("#,0", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>A count with its day.</summary>
    public static Markdown Show(Counted? counted) =>
        counted is null
            ? Markdown.Of($"–")
            : Markdown.Of($"{Show(counted.Count)} ({CalendarDay.Write(counted.On)})");
}
