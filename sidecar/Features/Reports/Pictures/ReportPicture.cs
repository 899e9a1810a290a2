using System.Globalization;
using ScottPlot;
using ScottPlot.Hatches;
using ScottPlot.TickGenerators;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Reports.Domain;
using Sidecar.Time;

namespace Sidecar.Features.Reports.Pictures;

/// <summary>
/// Figures as pictures: on a ground of their own, so that they read on light and dark; with type that a phone shows
/// large enough; in colours that colour-blind people tell apart (Okabe and Ito), and never by colour alone. Nothing of
/// the drawing library is loaded before the first one is drawn.
/// </summary>
internal static class ReportPicture
{
    public const int Width = 1200;
    public const int Height = 760;

    private const int MostRows = 10;
    private const float Text = 27;
    private const float Title = 36;

    /// <summary>Vermilion, blue, green, orange, purple; black for the sum.</summary>
    private static readonly Color[] Palette =
    [
        Color.FromHex("#D55E00"),
        Color.FromHex("#0072B2"),
        Color.FromHex("#009E73"),
        Color.FromHex("#E69F00"),
        Color.FromHex("#CC79A7"),
    ];

    private static readonly Color Ink = Color.FromHex("#1B1D22");
    private static readonly Color Faint = Color.FromHex("#DADDE2");

    private static readonly MarkerShape[] Marks =
    [
        MarkerShape.FilledCircle,
        MarkerShape.FilledSquare,
        MarkerShape.FilledTriangleUp,
        MarkerShape.FilledDiamond,
        MarkerShape.Cross,
    ];

    private static readonly LinePattern[] Patterns =
    [
        LinePattern.Solid,
        LinePattern.Dashed,
        LinePattern.Dotted,
        LinePattern.DenselyDashed,
        LinePattern.Solid,
    ];

    /// <summary>Lengths at which people think, in minutes.</summary>
    private static readonly (double Minutes, string Label)[] Lengths =
    [
        (1, "1 min"),
        (10, "10 min"),
        (60, "1 h"),
        (8 * 60, "8 h"),
        (24 * 60, "1 d"),
        (7 * 24 * 60, "1 w"),
        (30 * 24 * 60, "30 d"),
        (365 * 24 * 60, "1 y"),
    ];

    private static readonly Lazy<bool> Ready = new(() =>
    {
        Fonts.FontResolvers.Insert(0, new ReportFonts());
        Fonts.Default = ReportFonts.Name;
        return true;
    });

    /// <summary>A PNG.</summary>
    public static byte[] Draw(ReportFigure figure)
    {
        _ = Ready.Value;
        using var plot = new Plot();
        plot.FigureBackground.Color = Colors.White;
        plot.DataBackground.Color = Colors.White;
        plot.Axes.Color(Ink);
        plot.Title(figure.Title, Title);
        plot.Axes.Title.Label.FontName = ReportFonts.Name;
        plot.Grid.MajorLineColor = Faint;
        foreach (var axis in (IAxis[])[plot.Axes.Bottom, plot.Axes.Left])
        {
            axis.TickLabelStyle.FontSize = Text;
            axis.TickLabelStyle.FontName = ReportFonts.Name;
            axis.MajorTickStyle.Length = 0;
            axis.MinorTickStyle.Length = 0;
        }

        plot.Axes.Top.FrameLineStyle.Width = 0;
        plot.Axes.Right.FrameLineStyle.Width = 0;
        plot.Axes.Right.MinimumSize = 50;
        Action<Plot, ReportFigure> shape = figure.Shape switch
        {
            ReportShape.Lines => DrawLines,
            ReportShape.Lengths => DrawLengths,
            ReportShape.Bars => DrawBars,
            _ => DrawTargets,
        };
        shape(plot, figure);
        return plot.GetImageBytes(Width, Height, ImageFormat.Png);
    }

    private static void DrawLines(Plot plot, ReportFigure figure)
    {
        var isShare = figure.Columns[0].Unit == ReportUnit.Percent;
        var columns = isShare ? [figure.Columns[0]] : figure.Columns;
        var top = 0d;
        for (var i = 0; i < columns.Length; i++)
        {
            var points = columns[i]
                .Values.Select((v, x) => (X: (double)x, Y: (double?)v))
                .Where(p => p.Y is not null)
                .ToList();
            if (points.Count == 0)
            {
                continue;
            }

            var isSum = columns[i].Name == "All";
            var line = plot.Add.Scatter(
                points.ConvertAll(p => p.X),
                points.ConvertAll(p => p.Y!.Value)
            );
            line.LegendText = columns[i].Name;
            line.Color = isSum ? Ink : Palette[(isShare ? 1 : i) % Palette.Length];
            line.LineWidth = isSum ? 3 : 5;
            line.LinePattern = Patterns[i % Patterns.Length];
            line.MarkerShape = isSum ? MarkerShape.OpenCircle : Marks[i % Marks.Length];
            line.MarkerSize = points.Count > 30 ? 10 : 17;
            line.MarkerLineWidth = 3;
            top = Math.Max(top, points.Max(p => p.Y!.Value));
        }

        Rest(plot, figure.Rows);
        if (isShare)
        {
            plot.Axes.SetLimitsY(-4, 108);
            plot.Axes.Left.TickGenerator = Ticks([0, 25, 50, 75, 100], v => $"{v} %");
            plot.HideLegend();
            if (columns[0].Values[^1] is { } last)
            {
                Label(
                    plot,
                    columns[0].Values.Length - 1,
                    (double)last,
                    ReportWords.Show(last, ReportUnit.Percent),
                    above: true
                );
            }
        }
        else
        {
            var step = Step(top);
            plot.Axes.SetLimitsY(-0.2 * step, (Math.Floor(top / step) + 1.15) * step);
            plot.Axes.Left.TickGenerator = Ticks(
                [.. Enumerable.Range(0, (int)(top / step) + 2).Select(i => i * step)],
                v => v.ToString(CultureInfo.InvariantCulture)
            );
            Legend(plot);
        }
    }

    private static void DrawLengths(Plot plot, ReportFigure figure)
    {
        string[] parts = ["acknowledged", "resolved"];
        var (median, ninth) = (Column(figure, "Median"), Column(figure, "9 in 10 within"));
        var used = new List<double>();
        var seen = new HashSet<int>();
        var rows = figure.Rows.Length / parts.Length;
        for (var at = 0; at < figure.Rows.Length; at++)
        {
            if (median.Values[at] is not { } half || ninth.Values[at] is not { } most)
            {
                continue;
            }

            var part = at % parts.Length;
            var y = rows - 1 - (at / parts.Length) + (part == 0 ? 0.2 : -0.2);
            var (from, to) = (Log(half), Log(most));
            used.AddRange([from, to]);
            var line = plot.Add.Line(from, y, to, y);
            line.LineColor = Palette[part];
            line.LineWidth = 6;
            line.LinePattern = part == 0 ? LinePattern.Solid : LinePattern.DenselyDashed;
            var end = plot.Add.Marker(to, y, MarkerShape.VerticalBar, 26, Palette[part]);
            end.MarkerLineWidth = 6;
            var mark = plot.Add.Marker(from, y, Marks[part], 22, Palette[part]);
            mark.LegendText = seen.Add(part) ? $"Half {parts[part]}, and 9 in 10" : "";
            var isWorking = figure.WorkingRows.Contains(at);
            Label(plot, from, y, ReportWords.Show(half, ReportUnit.Minutes, isWorking), true);
            if (to - from > 0.02)
            {
                var label = ReportWords.Show(most, ReportUnit.Minutes, isWorking);
                Label(plot, to, y, label, above: false);
            }
        }

        plot.Axes.Left.TickGenerator = Rows([
            .. figure
                .Rows.Where((_, at) => at % parts.Length == 0)
                .Select(r => r.Replace($" {parts[0]}", "", StringComparison.Ordinal)),
        ]);
        plot.Axes.SetLimitsY(-0.6, rows - 0.25);
        var (least, largest) = used.Count == 0 ? (0, 3) : (used.Min(), used.Max());
        plot.Axes.SetLimitsX(least - 0.45, largest + 0.75);
        plot.Grid.YAxisStyle.IsVisible = false;
        plot.Axes.Bottom.TickGenerator = new NumericManual([
            .. Lengths.Select(l => new Tick(Math.Log10(l.Minutes), l.Label)),
        ]);
        Legend(plot);
    }

    private static void DrawBars(Plot plot, ReportFigure figure)
    {
        IHatch?[] hatches =
        [
            null,
            new Striped(StripeDirection.DiagonalUp),
            new Dots(),
            new Striped(StripeDirection.Vertical),
            new Checker(),
        ];
        var rows = Math.Min(figure.Rows.Length, MostRows);
        var most = 1d;
        var ends = new double[rows];
        for (var i = 0; i < figure.Columns.Length; i++)
        {
            var bars = new List<Bar>();
            for (var row = 0; row < rows; row++)
            {
                var value = (double)(figure.Columns[i].Values[row] ?? 0);
                bars.Add(
                    new Bar
                    {
                        Position = rows - 1 - row,
                        ValueBase = ends[row],
                        Value = ends[row] + value,
                        FillColor = Palette[i],
                        FillHatch = hatches[i],
                        FillHatchColor = Colors.White.WithAlpha(0.55),
                        LineColor = Colors.White,
                        LineWidth = 3,
                        Size = 0.7,
                    }
                );
                ends[row] += value;
            }

            plot.Add.Bars(bars).Horizontal = true;
            most = Math.Max(most, ends.Max());
            plot.Legend.ManualItems.Add(
                new LegendItem
                {
                    LabelText = figure.Columns[i].Name,
                    FillColor = Palette[i],
                    FillHatch = hatches[i],
                    FillHatchColor = Colors.White.WithAlpha(0.55),
                    LineWidth = 0,
                }
            );
        }

        Counts(plot, figure, rows, most);
        plot.Axes.Left.TickGenerator = Rows([.. figure.Rows.Take(rows)]);
        plot.Axes.SetLimitsY(-0.6, rows - 0.4);
        plot.Axes.SetLimitsX(0, most * 1.05);
        plot.Axes.Bottom.TickGenerator = Whole(most);
        Legend(plot);
    }

    private static void DrawTargets(Plot plot, ReportFigure figure)
    {
        var (values, targets) = (figure.Columns[0], figure.Columns[1]);
        var rows = Math.Min(figure.Rows.Length, MostRows);
        var bars = Enumerable
            .Range(0, rows)
            .Select(row => new Bar
            {
                Position = rows - 1 - row,
                Value = (double)(values.Values[row] ?? 0),
                FillColor = values.Values[row] < targets.Values[row] ? Palette[3] : Palette[1],
                FillHatch =
                    values.Values[row] < targets.Values[row]
                        ? new Striped(StripeDirection.DiagonalUp)
                        : null,
                FillHatchColor = Colors.White.WithAlpha(0.55),
                LineWidth = 0,
                Size = 0.6,
            })
            .ToList();
        plot.Add.Bars(bars).Horizontal = true;
        for (var row = 0; row < rows; row++)
        {
            var y = rows - 1 - row;
            var target = (double)(targets.Values[row] ?? 0);
            var line = plot.Add.Line(target, y - 0.42, target, y + 0.42);
            line.LineColor = Ink;
            line.LineWidth = 7;
            Label(
                plot,
                Math.Max((double)(values.Values[row] ?? 0), target),
                y,
                ReportWords.Show(values.Values[row], values.Unit),
                above: false
            );
        }

        plot.Axes.Left.TickGenerator = Rows([.. figure.Rows.Take(rows)]);
        plot.Axes.SetLimitsY(-0.6, rows - 0.4);
        plot.Axes.SetLimitsX(0, Math.Max(110, bars.Max(b => b.Value) + 15));
        plot.Axes.Bottom.TickGenerator = Ticks([0, 25, 50, 75, 100], v => $"{v} %");
        plot.Legend.ManualItems.AddRange([
            new LegendItem
            {
                LabelText = values.Name,
                FillColor = Palette[1],
                LineWidth = 0,
            },
            new LegendItem
            {
                LabelText = "Behind",
                FillColor = Palette[3],
                FillHatch = new Striped(StripeDirection.DiagonalUp),
                FillHatchColor = Colors.White.WithAlpha(0.55),
                LineWidth = 0,
            },
            new LegendItem
            {
                LabelText = targets.Name,
                LineColor = Ink,
                LineWidth = 7,
            },
        ]);
        Legend(plot);
    }

    /// <summary>How many, within each part that has room for it.</summary>
    private static void Counts(Plot plot, ReportFigure figure, int rows, double most)
    {
        for (var row = 0; row < rows; row++)
        {
            var from = 0d;
            foreach (var column in figure.Columns)
            {
                var value = (double)(column.Values[row] ?? 0);
                if (value > most / 25)
                {
                    var text = plot.Add.Text(
                        value.ToString(CultureInfo.InvariantCulture),
                        from + (value / 2),
                        rows - 1 - row
                    );
                    text.LabelFontName = ReportFonts.Name;
                    text.LabelFontSize = Text;
                    text.LabelBold = true;
                    text.LabelFontColor = Ink;
                    text.LabelBackgroundColor = Colors.White;
                    text.LabelPadding = 5;
                    text.LabelAlignment = Alignment.MiddleCenter;
                }

                from += value;
            }
        }
    }

    private static ReportColumn Column(ReportFigure figure, string name) =>
        figure.Columns.First(c => c.Name == name);

    private static double Log(decimal minutes) => Math.Log10(Math.Max(1, (double)minutes));

    private static void Label(Plot plot, double x, double y, string words, bool above)
    {
        var text = plot.Add.Text(words, x, y);
        text.LabelFontName = ReportFonts.Name;
        text.LabelFontSize = above ? 22 : 25;
        text.LabelFontColor = Ink;
        text.LabelAlignment = above ? Alignment.LowerCenter : Alignment.MiddleLeft;
        text.OffsetX = above ? 0 : 12;
        text.OffsetY = above ? -10 : 0;
    }

    private static void Rest(Plot plot, IReadOnlyList<string> days)
    {
        const int labels = 6;
        var every = Math.Max(1, (days.Count + labels - 1) / labels);
        // Counted from the end, which is what people look at first.
        plot.Axes.Bottom.TickGenerator = new NumericManual([
            .. Enumerable
                .Range(0, days.Count)
                .Where(i => (days.Count - 1 - i) % every == 0)
                .Select(i => new Tick(
                    i,
                    CalendarDay
                        .ReadWritten(days[i])
                        ?.ToString("d MMM", CultureInfo.InvariantCulture)
                        ?? days[i]
                )),
        ]);
        plot.Axes.SetLimitsX(-0.4, Math.Max(0.4, days.Count - 0.6));
    }

    private static double Step(double top) =>
        new double[] { 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000 }.FirstOrDefault(
            s => top / s <= 5,
            10_000
        );

    private static NumericManual Whole(double top)
    {
        var step = Step(top);
        return Ticks(
            [.. Enumerable.Range(0, (int)(top / step) + 1).Select(i => i * step)],
            v => v.ToString(CultureInfo.InvariantCulture)
        );
    }

    private static NumericManual Ticks(double[] at, Func<double, string> label) =>
        new([.. at.Select(v => new Tick(v, label(v)))]);

    private static NumericManual Rows(IReadOnlyList<string> rows) =>
        new([
            .. rows.Select(
                (name, i) =>
                    new Tick(
                        rows.Count - 1 - i,
                        Sidecar.Text.MarkdownEscaper.Shorten(
                            name.Replace(" (", "\n(", StringComparison.Ordinal),
                            30
                        )
                    )
            ),
        ]);

    private static void Legend(Plot plot)
    {
        plot.ShowLegend(Edge.Bottom);
        plot.Legend.FontName = ReportFonts.Name;
        plot.Legend.FontSize = 25;
        plot.Legend.FontColor = Ink;
        plot.Legend.Orientation = Orientation.Horizontal;
        plot.Legend.OutlineWidth = 0;
        plot.Legend.ShadowColor = Colors.Transparent;
        plot.Legend.BackgroundColor = Colors.White;
        plot.Legend.SymbolWidth = 60;
    }
}
