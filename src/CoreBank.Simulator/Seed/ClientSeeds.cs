namespace CoreBank.Simulator.Seed;

/// <summary>The three clients of the demo. All are invented.</summary>
public static class ClientSeeds
{
    public static readonly IReadOnlyList<ClientSeed> All =
    [
        new("acme", "Acme Industries GmbH",
            Cycle("EUR DE, EUR DE, EUR AT, USD DE, EUR NL, GBP GB, EUR FR, CHF CH, EUR DE, JPY DE"),
            ["Operating", "Payroll", "Suppliers", "Tax", "Reserve"],
            ["Hamburg", "München", "Wien", "Rotterdam", "Lyon", "Leeds", "Zürich", "Köln", "Graz", "Düsseldorf"],
            [.. PayeeSeeds.European, .. PayeeSeeds.Chinese.Take(6)]),
        new("huaxin", "华新贸易有限公司",
            Cycle("CNY CN, CNY CN, USD CN, HKD HK, CNY CN, EUR CN, CNY CN, JPY CN, HKD HK, USD HK"),
            ["基本存款账户", "一般存款账户", "工资专户", "税款专户", "进出口结算户"],
            ["上海", "深圳", "广州", "宁波", "青岛", "香港", "厦门", "天津", "苏州", "杭州"],
            [.. PayeeSeeds.Chinese, .. PayeeSeeds.European.Take(8)]),
        new("nordwind", "Nordwind Shipping AB",
            Cycle("SEK SE, NOK NO, DKK DK, EUR FI, SEK SE, USD SE, EUR DE, NOK NO, SEK SE, GBP GB"),
            ["Operating", "Bunker", "Crew", "Port dues", "Insurance"],
            ["Göteborg", "Bergen", "Århus", "Turku", "Malmö", "Tromsø", "Rostock", "Ålesund", "Luleå", "Hull"],
            [.. PayeeSeeds.Nordic, .. PayeeSeeds.European.Take(8), .. PayeeSeeds.Chinese.Take(4)]),
    ];

    private static List<AccountSeed> Cycle(string text) =>
        [.. text.Split(", ").Select(pair => new AccountSeed(pair[..3], pair[4..]))];
}
