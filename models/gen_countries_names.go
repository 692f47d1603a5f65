//go:build ignore

package main

// What is not in CLDR: the tables of gen_countries.go.

// slugs names the groups of UN M49 that are regions here.
var slugs = map[string]string{
	"154": "northern-europe", "155": "western-europe", "151": "eastern-europe", "039": "southern-europe",
	"015": "northern-africa", "011": "western-africa", "017": "middle-africa", "014": "eastern-africa", "018": "southern-africa",
	"021": "northern-america", "013": "central-america", "029": "caribbean", "005": "south-america",
	"145": "western-asia", "143": "central-asia", "034": "southern-asia", "035": "south-eastern-asia", "030": "eastern-asia",
	"053": "australia-and-new-zealand", "054": "oceania", "057": "oceania", "061": "oceania", "QO": "oceania",
}

// shorter are those shown by CLDR's short name, or without its brackets:
// Myanmar without (Burma), Hong Kong and Macao without their status.
var shorter = []string{"HK", "MM", "MO"}

// better holds names shown instead of CLDR's: there, the Norwegian Kongo by
// itself means Congo-Kinshasa.
var better = map[string]string{"CD nb": "Kongo-Kinshasa"}

// more holds further names: old ones, common ones, and parts of a country that
// are asked for as if they were one. A line is a code, a space, and names
// separated by |. Case and marks do not matter, so Birma stands for Bírma too.
const more = `
AE UAE|U.A.E.|Emirates|Emiraten|Emiraterne|Emiratene|Emiraatit|Furstadæmin|FAE
BA Bosnia|Bosnien|Bosnia and Herzegovina|Bosnia-Herzegovina|BiH
BF Upper Volta|Övre Volta|Ylä-Volta|Efri-Volta|Haute-Volta|Obervolta
BN Brunei Darussalam
BY Belorussia|Byelorussia|White Russia|Vitryssland|Hviderusland|Hviterussland|Kviterussland|Weissrussland|Valko-Venäjä
CD Congo|Kongo|Kongó|DR Congo|DR Kongo|DRC|RDC|Democratic Republic of the Congo|Kongo-Kinshasa|Zaire|Saire
CF CAR
CG Congo|Kongo|Kongó|Republic of the Congo|Congo-Brazzaville|Kongo-Brazzaville
CI Ivory Coast|Cote dIvoire
CN People's Republic of China|PRC|Folkrepubliken Kina|Folkerepublikken Kina|Kiinan kansantasavalta|Alþýðulýðveldið Kína
CV Cape Verde|Cabo Verde|Kap Verde|Kapp Verde
CZ Czech Republic|Tjeckiska republiken|Den Tjekkiske Republik|Den tsjekkiske republikk|Tšekin tasavalta|Tékkneska lýðveldið
ET Abyssinia|Abessinien|Abessinia
FK Falklands|Malvinas|Islas Malvinas
FO Faroes|Faeroe Islands
GB UK|U.K.|Great Britain|Britain|Britannia|Storbritannien|Großbritannien|England|Englanti|Scotland|Skottland|Skotland|Skotlanti|Wales|Walesi|Northern Ireland|Nordirland|Nord-Irland|Pohjois-Irlanti|Norður-Írland|Stóra-Bretland
GB Förenade kungariket|Det Forenede Kongerige|Det forente kongeriket|Yhdistynyt kuningaskunta|Sameinaða konungsríkið
GE Gruzia|Grusia|Grusien|Gruusia
GR Hellas|Hellenic Republic
IE Eire|Republic of Ireland|Irish Republic|Republiken Irland|Irlannin tasavalta
IN Bharat
IR Persia|Persien|Persía|Islamic Republic of Iran
JP Nippon|Nihon
KG Kirghizia|Kirgizia|Kirgisien|Kirgisia
KH Kampuchea|Kamputsea|Kambodja|Kambodsja
KP Korea|North Korea|DPRK|Democratic People's Republic of Korea|Demokratiska folkrepubliken Korea|Korean demokraattinen kansantasavalta
KR Korea|South Korea|ROK|Republic of Korea|Republiken Korea|Republikken Korea|Korean tasavalta
LA Lao PDR|Lao People's Democratic Republic
LK Ceylon
MD Moldova|Moldavia|Moldavien|Republic of Moldova
MK Macedonia|Makedonien|Makedonia|Makedónía|Makedonija|Mazedonien|Macédoine|FYROM|FYR Macedonia|Former Yugoslav Republic of Macedonia|Republic of Macedonia|Republiken Makedonien
MM Burma|Birma|Búrma|Birmanie|Birmania|Barma
NA South West Africa|Sydvästafrika|Sydvestafrika|Sørvest-Afrika|Lounais-Afrikka
NL Holland|Hollanti|Niðurlönd
PS Palestine|Palestina|Palæstina|Palestiina|State of Palestine|Palestinian Authority|Occupied Palestinian Territory|West Bank|Västbanken|Vestbredden|Länsiranta|Vesturbakkinn|Gaza|Gaza Strip|Gazaremsan|Gazastriben|Gazastripen
RU Russian Federation|Ryska federationen|Den Russiske Føderation|Den russiske føderasjonen|Venäjän federaatio
SA KSA|Kingdom of Saudi Arabia
SJ Svalbard|Jan Mayen|Spitsbergen|Huippuvuoret|Svalbarði
SY Syrian Arab Republic
SZ Swaziland|Svaziland|Swazimaa|Svasíland|Swasiland
TH Siam|Tæland|Tælland|Tailand
TL East Timor|Östtimor|Øst-Timor|Itä-Timor|Austur-Tímor|Timor Leste
TR Turkey|Turkiet|Tyrkiet|Tyrkia|Turkki|Tyrkland|Turkiye
TW Taiwan|Formosa|Republic of China|Chinese Taipei
TZ Tanganyika|Zanzibar|United Republic of Tanzania
US USA|U.S.A.|U.S.|United States of America|America|Amerika|Ameríka|Förenta staterna|De Forenede Stater|De forente stater|Amerikan yhdysvallat|Amerikas förenta stater
VA Vatican|Holy See|Vatikanen|Vatikanet|Vatikan|Vatikaani|Vatíkanið|Páfagarður|Heliga stolen|Den Hellige Stol|Pyhä istuin|Pavestolen|Påvestolen
VN Viet Nam
WS Western Samoa|Västsamoa|Vestsamoa|Vest-Samoa|Länsi-Samoa
XK Kosova|Republic of Kosovo|XKX
ZM Northern Rhodesia|Nordrhodesia
ZW Rhodesia|Rhodesien|Rodesia|Ródesía|Southern Rhodesia
`

// former holds, in the form of more, the old names of states that have been
// renamed, and of most colonies before they were states, from about 1900 on:
// those since 1974 from ISO 3166-3, and the others from any atlas of their time.
// A state that split into several, as the Soviet Union did, is no country's old
// name.
const former = `
AE Trucial States|Trucial Oman
AO Portuguese West Africa|Portugisiska Västafrika|Portugisisk Vestafrika
AU New Holland
BD East Pakistan|Östpakistan|Østpakistan|Øst-Pakistan|Itä-Pakistan|Austur-Pakistan
BF Övre Volta|Øvre Volta
BI Urundi
BJ Dahomey|Dahome|Dahomé|Daghomey
BW Bechuanaland|Betschuanaland
BZ British Honduras|Brittiska Honduras|Britisk Honduras|Brittiläinen Honduras
CD Belgian Congo|Belgiska Kongo|Belgisk Congo|Belgisk Kongo|Belgian Kongo|Congo belge|Congo Free State|Kongofristaten|Republic of Zaire|Zaïre
CF Ubangi-Shari|Oubangui-Chari|Ubangi-Chari|Central African Empire|Centralafrikanska kejsardömet|Det centralafrikanske kejserdømme
CG Middle Congo|Franska Kongo|Fransk Congo|Fransk Kongo|French Congo|Moyen-Congo
CK Hervey Islands
DE West Germany|Västtyskland|Vesttyskland|Vest-Tyskland|Länsi-Saksa|Vestur-Þýskaland|BRD|Federal Republic of Germany
DJ French Somaliland|Franska Somaliland|Fransk Somaliland|Ranskan Somalimaa|Afars and Issas|Territoire français des Afars et des Issas
EG United Arab Republic|Förenade arabrepubliken
EH Spanish Sahara|Spanska Sahara|Spansk Sahara|Espanjan Sahara|Río de Oro
FM Caroline Islands|Karolinerna|Karolinerne|Karolinene|Karoliinit
GH Gold Coast|Guldkusten|Guldkysten|Gullkysten|Kultarannikko|Gullströndin|Goldküste
GN French Guinea|Franska Guinea|Fransk Guinea|Guinée française
GQ Spanish Guinea|Spanska Guinea|Spansk Guinea|Espanjan Guinea
GW Portuguese Guinea|Portugisiska Guinea|Portugisisk Guinea|Portugalin Guinea
GY British Guiana|Brittiska Guyana|Britisk Guyana|Brittiläinen Guayana
HK Hongkong
HN Spanish Honduras
HT Saint-Domingue
ID Dutch East Indies|Netherlands East Indies|Nederländska Ostindien|Nederlandsk Ostindien|Hollandsk Ostindien|Nederlandsk Øst-India|Alankomaiden Itä-Intia|Hollannin Itä-Intia|Batavia
IE Irish Free State|Irländska fristaten|Den irske fristat
IN British India|Brittiska Indien|Britisk Indien|Britisk India
IQ Mesopotamia|Mesopotamien
JO Transjordan|Transjordanien|Transjordania
KG Kirgizistan|Kirgisistan|Kirghizstan
KH Khmer Republic|Khmerrepubliken|Democratic Kampuchea
KI Gilbert Islands|Gilbertöarna|Gilbertøerne|Gilbertøyene|Gilbertsaaret|Gilbertseyjar
KZ Kazakstan|Kazachstan|Kasakstan
LS Basutoland|Basutomaa
LY Tripolitania|Tripolitanien|Libyan Arab Jamahiriya
MD Bessarabia|Bessarabien
MG Malagasy Republic|Malagasiska republiken|Den malagassiske republikk
MH Marshallöarna
ML French Sudan|Franska Sudan|Fransk Sudan|Ranskan Sudan|Soudan français
MN Outer Mongolia|Yttre Mongoliet|Ydre Mongoliet|Ytre Mongolia|Ulko-Mongolia
MV Maldive Islands
MW Nyasaland|Njassaland|Nyasamaa
MY Malaya|Malacka|British Malaya|Federation of Malaya
MZ Portuguese East Africa|Portugisiska Östafrika|Portugisisk Østafrika
NA German South West Africa|Tyska Sydvästafrika|Tysk Sydvestafrika
NU Savage Island
NZ Aotearoa
OM Muscat and Oman|Muskat och Oman|Muskat og Oman
PG Papua|New Guinea
PK West Pakistan|Västpakistan|Vestpakistan|Vest-Pakistan
PW Belau|Pelew Islands
RW Ruanda
SB British Solomon Islands
SD Anglo-Egyptian Sudan
SN Senegambia
SR Dutch Guiana|Nederländska Guyana|Nederlandsk Guyana|Hollandsk Guyana|Hollannin Guayana|Surinam
SZ Ngwane
TD Tchad
TG Togoland|French Togoland
TJ Tadjikistan|Tadzjikistan|Tadsjikistan|Tadjikstan
TM Turkmenia|Turkmenien
TO Friendly Islands|Vänskapsöarna
TV Ellice Islands|Elliceöarna|Elliceøerne|Elliceøyene
UA Ukrainian SSR
VI Danish West Indies|Danska Västindien|Dansk Vestindien|De dansk-vestindiske øyer|Tanskan Länsi-Intia
VU New Hebrides|Nya Hebriderna|Ny Hebriderne|Nye Hebrider|Nye Hebridene|Ny-Hebridene|Uudet-Hebridit|Nýju-Hebrídeyjar|Nouvelles-Hébrides
WS German Samoa|Tyska Samoa
YE South Yemen|North Yemen|Sydjemen|Nordjemen|Sydyemen|Nordyemen|Sør-Jemen|Nord-Jemen|Etelä-Jemen|Pohjois-Jemen|Suður-Jemen|Norður-Jemen|Aden
ZM Northern Rhodesia|Nordrhodesia|Nord-Rhodesia|Nordrhodesien|Pohjois-Rhodesia
ZW Southern Rhodesia|Sydrhodesia|Sør-Rhodesia|Sydrhodesien|Etelä-Rhodesia
`
