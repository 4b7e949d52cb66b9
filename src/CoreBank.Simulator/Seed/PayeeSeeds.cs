namespace CoreBank.Simulator.Seed;

/// <summary>Invented companies the clients pay and are paid by.</summary>
public static class PayeeSeeds
{
    public static readonly IReadOnlyList<PayeeSeed> European =
    [
        new("Brückner Werkzeugbau GmbH", "DE", "EUR"),
        new("Müller & Söhne Spedition KG", "DE", "EUR"),
        new("Alpenstrom Energie AG", "AT", "EUR"),
        new("Van der Meer Logistiek B.V.", "NL", "EUR"),
        new("Société Lyonnaise des Matériaux", "FR", "EUR"),
        new("Harrow & Finch Engineering Ltd", "GB", "GBP"),
        new("Zürcher Präzisionstechnik AG", "CH", "CHF"),
        new("Stahlhandel Rheinufer GmbH", "DE", "EUR"),
        new("Weiß Gebäudereinigung GmbH", "DE", "EUR"),
        new("Donau Chemie Handels GmbH", "AT", "EUR"),
        new("Château-Neuf Emballages SARL", "FR", "EUR"),
        new("Kaltwasser Kühltechnik GmbH", "DE", "EUR"),
        new("Pennine Castings Ltd", "GB", "GBP"),
        new("Maasvlakte Terminal Services B.V.", "NL", "EUR"),
        new("Helvetia Schraubenwerk AG", "CH", "CHF"),
        new("Jürgens Elektrogroßhandel", "DE", "EUR"),
        new("Órbita Consultoría Europa GmbH", "DE", "EUR"),
        new("Tiroler Holzbau GmbH", "AT", "EUR"),
    ];

    public static readonly IReadOnlyList<PayeeSeed> Chinese =
    [
        new("上海东方精密机械有限公司", "CN", "CNY"),
        new("深圳市南山电子科技有限公司", "CN", "CNY"),
        new("宁波海运物流有限公司", "CN", "CNY"),
        new("香港维港国际贸易有限公司", "HK", "HKD"),
        new("广州白云纺织品有限公司", "CN", "CNY"),
        new("青岛胶东食品进出口有限公司", "CN", "CNY"),
        new("苏州工业园区新材料有限公司", "CN", "CNY"),
        new("天津滨海钢铁贸易有限公司", "CN", "CNY"),
        new("厦门鹭岛茶业有限公司", "CN", "CNY"),
        new("杭州西湖软件有限公司", "CN", "CNY"),
        new("九龙电子元件有限公司", "HK", "HKD"),
        new("成都锦江包装材料有限公司", "CN", "CNY"),
        new("武汉长江化工有限公司", "CN", "CNY"),
        new("东京精工株式会社", "JP", "JPY"),
        new("Pacific Grain Trading Inc.", "US", "USD"),
        new("大连北方船舶配件有限公司", "CN", "CNY"),
    ];

    public static readonly IReadOnlyList<PayeeSeed> Nordic =
    [
        new("Göteborgs Hamntjänst AB", "SE", "SEK"),
        new("Bergen Skipsverft AS", "NO", "NOK"),
        new("Århus Bunkerolie A/S", "DK", "DKK"),
        new("Turun Telakka Oy", "FI", "EUR"),
        new("Malmö Rederitjänster AB", "SE", "SEK"),
        new("Tromsø Proviant AS", "NO", "NOK"),
        new("Øresund Marineteknik ApS", "DK", "DKK"),
        new("Åbo Sjöförsäkring Oy", "FI", "EUR"),
        new("Luleå Malmfrakt AB", "SE", "SEK"),
        new("Ålesund Fiskeriservice AS", "NO", "NOK"),
        new("Skagen Slæbebåde A/S", "DK", "DKK"),
        new("Järnvägsterminalen i Gävle AB", "SE", "SEK"),
    ];
}
